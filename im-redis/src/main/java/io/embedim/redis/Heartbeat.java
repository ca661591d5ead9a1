package io.embedim.redis;

import io.embedim.model.LogText;
import io.embedim.model.NotReadyException;
import io.embedim.runtime.ImRuntime;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this node hears what is published: a message to its own channel has to come back, on each bus there is. Asked by who wants to know, and by itself after a silence, because a connection may be up and deliver
 * nothing for ever; such a one is replaced. And twice a minute or so the tops of the logs are compared, to find what was lost without anything behind it.
 */
final class Heartbeat {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration CHECK = Duration.ofSeconds(10);
    private static final Duration LEAST_COMPARE = Duration.ofSeconds(20);
    private static final int LOOKS = 4;
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);

    private final Link link;
    private final Buses buses;
    private final Repairs repairs;
    private final Pings pings;
    private final Duration silence;
    private final Runnable compareTops;
    private final ImRuntime runtime;
    private final Set<Bus> doubted = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean checking = new AtomicBoolean();
    private volatile @Nullable String problem;
    private volatile @Nullable String run;
    private volatile Supplier<@Nullable String> also = () -> null;
    private volatile Runnable onOtherRun = () -> {};
    private volatile boolean ended;
    private long nextCompare;
    private long nextCheck;

    Heartbeat(Link link, Buses buses, Repairs repairs, Pings pings, Duration silence, Runnable compareTops) {
        this.link = link;
        this.buses = buses;
        this.repairs = repairs;
        this.pings = pings;
        this.silence = silence;
        this.compareTops = compareTops;
        this.runtime = link.runtime();
    }

    void start() {
        pings.start();
        nextCompare = compareAt();
        nextCheck = runtime.nanoTime() + CHECK.toNanos();
        link.onReadOnly(this::check);
        later();
    }

    /** What to do when the Redis that answers is another process than before: one that was restarted, or has been made the master. */
    void onOtherRun(Runnable task) {
        onOtherRun = task;
        check();
    }

    /** What else may be in the way, as a sentence or null. */
    void alsoAsk(Supplier<@Nullable String> trouble) {
        also = trouble;
    }

    /** Completes when this node hears what is published; fails with what is in the way. */
    CompletionStage<Void> probe() {
        String trouble = trouble();
        if (trouble != null) {
            return CompletableFuture.failedFuture(new NotReadyException(trouble));
        }
        CompletableFuture<?>[] all = buses.all().stream()
                .map(bus -> pings.ping(bus).toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(all).exceptionally(failure -> {
            throw Failures.cause(failure) instanceof NotReadyException notReady
                    ? notReady
                    : new NotReadyException(
                            "expected that Redis takes a message within " + link.timeOut() + "; it did not");
        });
    }

    /** Asks Redis what it is; a master may have become a replica, and somebody may have changed its settings. */
    void check() {
        if (!checking.compareAndSet(false, true)) {
            return;
        }
        CompletionStage<?> ignored = link.call("INFO", commands -> commands.info())
                .whenComplete((info, failure) -> {
                    checking.set(false);
                    if (failure == null) {
                        String before = problem;
                        ServerCheck check = new ServerCheck(info);
                        problem = check.problem();
                        String known = run;
                        run = check.run();
                        if (known != null && !known.equals(run)) {
                            onOtherRun.run();
                        }
                        if (problem != null && !problem.equals(before)) {
                            LOG.error("event=redis_not_usable cause={}", LogText.line(problem));
                        }
                    }
                });
    }

    void end() {
        ended = true;
        pings.end();
    }

    private @Nullable String trouble() {
        String wrong = problem == null ? also.get() : problem;
        if (wrong != null) {
            return wrong;
        } else if (!link.isUp()) {
            return "expected a connection to Redis; there is none";
        }
        String deaf = buses.trouble();
        if (deaf != null) {
            return deaf;
        }
        long open = repairs.open();
        return open > 0 ? "is reading what was missed in " + open + " conversations" : null;
    }

    private void later() {
        Duration part = silence.dividedBy(LOOKS);
        try {
            runtime.schedule(
                    () -> runtime.executor().execute(this::look),
                    part.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : part);
        } catch (RejectedExecutionException e) {
            LOG.debug("event=redis_heartbeat_ended", LogText.trace(e));
        }
    }

    private void look() {
        if (ended) {
            return;
        }
        long now = runtime.nanoTime();
        if (link.isUp()) {
            buses.all().forEach(bus -> look(bus, now));
            if (now - nextCheck > 0) {
                nextCheck = now + CHECK.toNanos();
                check();
            }
            if (now - nextCompare > 0) {
                nextCompare = compareAt();
                compareTops.run();
            }
        }
        later();
    }

    private void look(Bus bus, long now) {
        Object connection = bus.current();
        if (bus.waitsFor(silence)) {
            bus.replace(connection, "it confirmed no subscription for " + silence);
        } else if (now - bus.lastHeard() > silence.toNanos() && bus.trouble() == null) {
            doubt(bus, connection);
        }
    }

    private long compareAt() {
        long least = LEAST_COMPARE.toNanos();
        return runtime.nanoTime() + least + runtime.random().nextLong(least);
    }

    private void doubt(Bus bus, @Nullable Object connection) {
        if (!doubted.add(bus)) {
            return;
        }
        CompletionStage<?> ignored = pings.ping(bus).whenComplete((back, failure) -> {
            doubted.remove(bus);
            // Only where Redis has taken it and this connection, which may not be the last one by now, has not brought
            // it.
            if (failure != null && Failures.cause(failure) instanceof NotReadyException && link.isUp() && !ended) {
                bus.replace(connection, "it was silent for " + silence + " and did not bring a message to itself");
            }
        });
    }
}
