package io.embedim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.client.Address;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Clients of im.v2 that talk, each in conversations of its own choice, and the ledger of what they said. */
final class Talk implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    final Ledger ledger = new Ledger();
    final Sockets sockets;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "talk");
        made.setDaemon(true);
        return made;
    });
    private final Map<Device, List<Address>> devices = new LinkedHashMap<>();
    private final List<Device> speakers = new ArrayList<>();
    private final Random random;
    private @Nullable ScheduledFuture<?> talking;
    private int words;

    Talk(long seed) {
        this.random = new Random(seed);
        this.sockets = new Sockets(thread);
    }

    /** A client that connects to the place of attempt 0, then of attempt 1, and so on, and joins or follows these. */
    void add(String user, BiFunction<Integer, String, URI> places, Address... where) {
        now(() -> {
            Device device = new Device(user, user, ledger, sockets, thread, places);
            devices.put(device, List.of(where));
            speakers.add(device);
            device.start();
            for (Address each : where) {
                if (each.kind() == Address.Kind.GROUP) {
                    device.join(each.name());
                } else {
                    device.follow(each);
                }
            }
            return device;
        });
    }

    /** Two who talk with each other alone; the first words make their conversation. */
    void pair(String one, String other) {
        for (String user : List.of(one, other)) {
            Address to = Address.user(user.equals(one) ? other : one);
            now(() -> {
                Device device = speakers.stream()
                        .filter(each -> each.user.equals(user))
                        .findFirst()
                        .orElseThrow();
                if (user.equals(one)) {
                    device.speak(to, "w" + words++);
                }
                device.follow(to);
                return devices.computeIfPresent(
                        device,
                        (same, before) ->
                                Stream.concat(before.stream(), Stream.of(to)).toList());
            });
            awaitQuiet();
        }
    }

    void begin(Duration every) {
        talking = thread.scheduleAtFixedRate(this::speak, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void speak() {
        Device device = speakers.get(random.nextInt(speakers.size()));
        List<Address> where = devices.getOrDefault(device, List.of());
        device.speak(where.get(random.nextInt(where.size())), "w" + words++);
    }

    /** Nobody begins to say anything any more; waits until all is answered, and everybody up to date. */
    void end() {
        now(() -> talking != null && talking.cancel(false));
        awaitQuiet();
    }

    void awaitQuiet() {
        Awaitility.await("all is answered and up to date")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(now(this::busy))
                        .as("who is not, with %s", now(ledger::findings))
                        .isEmpty());
    }

    private List<String> busy() {
        return devices.entrySet().stream()
                .filter(each -> !each.getKey().isQuiet(convs(each.getKey(), each.getValue())))
                .map(each -> each.getKey().toString())
                .toList();
    }

    /** Compares what each client has with what the same user reads who begins anew, from such places. */
    void audit(BiFunction<Integer, String, URI> places) {
        Map<String, List<Device>> byConversation = new LinkedHashMap<>();
        devices.forEach((device, where) -> convs(device, where)
                .forEach(conv -> byConversation
                        .computeIfAbsent(conv, key -> new ArrayList<>())
                        .add(device)));
        byConversation.forEach((conv, members) -> {
            String user = members.get(0).user;
            Device reader = now(() -> {
                Device fresh = new Device(user, user + "-reader", ledger, sockets, thread, places);
                fresh.start();
                fresh.follow(Address.of(conv));
                return fresh;
            });
            Awaitility.await("a reader of " + conv)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> now(() -> reader.isQuiet(List.of(conv))));
            awaitSame(conv, members, reader);
            now(() -> {
                ledger.audit(conv, members, reader);
                reader.end();
                return reader;
            });
        });
    }

    /** What was said last may be on its way yet; who has not got it after that has lost it, and the ledger says so. */
    private void awaitSame(String conv, List<Device> members, Device reader) {
        long end = System.nanoTime() + LAST_WORDS.toNanos();
        Awaitility.await("the same of " + conv)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> System.nanoTime() > end
                        || now(() ->
                                members.stream().allMatch(one -> one.view.agrees(conv, reader.view.messages(conv)))));
    }

    /** They all go. */
    void endAll() {
        now(() -> {
            devices.keySet().forEach(Device::end);
            return true;
        });
    }

    private static List<String> convs(Device device, List<Address> where) {
        return where.stream().map(each -> each.asMeantBy(device.user)).toList();
    }

    /** Does it on the clients' thread. */
    <T> T now(Callable<T> task) {
        try {
            return thread.submit(task).get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
