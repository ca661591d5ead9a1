package io.embedim.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.embedim.conversation.DirectoryPage;
import io.embedim.conversation.Message;
import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Slice;
import io.embedim.runtime.ThreadRuntime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Kills processes that append ({@code kill -9}), several in turn on one database, and looks each time at what is there. */
final class KilledProcesses {

    private static final String GROUP = "killed";
    private static final int ROUNDS = Integer.getInteger("im.kill.rounds", 3);
    /** After how many a process is killed, at the most. */
    private static final int MOST_RECEIPTS = 400;

    private final String url;
    private final String user;
    private final Supplier<HikariDataSource> pools;
    /** By id, what the process was told: place and mid. */
    private final Map<String, String> acknowledged = new HashMap<>();

    private final Set<String> tried = new HashSet<>();
    private final long seed = Long.getLong("im.kill.seed", System.nanoTime());
    private final Random random = new Random(seed);
    /** By id, the version that the process was told. */
    private final Map<String, String> listed = new HashMap<>();
    /** By epoch, the highest place that the process was told. */
    private final Map<String, Long> marked = new HashMap<>();

    KilledProcesses(String url, String user, Supplier<HikariDataSource> pools) {
        this.url = url;
        this.user = user;
        this.pools = pools;
    }

    void run() throws IOException, InterruptedException {
        System.out.println("seed " + seed + ", " + ROUNDS + " rounds");
        for (int round = 1; round <= ROUNDS; round++) {
            appendAndKill("round" + round);
            checkAndRepeat(round);
        }
    }

    private void appendAndKill(String word) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendingChild.class.getName(),
                        url,
                        user,
                        GROUP,
                        word)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            int enough = 1 + random.nextInt(MOST_RECEIPTS);
            int receipts = 0;
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                receipts += heard(line) ? 1 : 0;
                if (receipts == enough) {
                    // By the handle: the process's own method would close the pipe, with words of it inside.
                    child.toHandle().destroyForcibly();
                }
            }
            assertThat(receipts).as("receipts before the process was killed").isGreaterThanOrEqualTo(enough);
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    /** Whether it is a receipt. A line that the kill has cut off is no word of the process. */
    private boolean heard(String line) {
        String[] words = line.split(" ", -1);
        if (words[0].equals("try") && words.length == 2) {
            tried.add(words[1]);
        } else if (words[0].equals("have") && words.length == 4 && words[3].contains("-")) {
            acknowledged.put(words[1], words[2]);
            return true;
        } else if (words[0].equals("listed") && words.length == 3) {
            listed.put(words[1], words[2]);
        } else if (words[0].equals("marked") && words.length == 3) {
            marked.merge(words[1], Long.parseLong(words[2]), Math::max);
        } else {
            assertThat(line).as("what the process said").doesNotStartWith("failed");
        }
        return false;
    }

    private void checkAndRepeat(int round) {
        ThreadRuntime runtime = ThreadRuntime.start();
        try (HikariDataSource pool = pools.get();
                JdbcBroker broker = JdbcBroker.builder(pool, runtime)
                        .lease(AppendingChild.LEASE)
                        .open()) {
            checkBook(round, broker);
            List<Message> log = readAll(broker);
            check(round, log);
            long before = log.size();

            long fresh = 0;
            for (String id : tried) {
                String user = "u" + Integer.parseInt(id.substring(id.indexOf('-') + 1)) % 3;
                Receipt receipt = broker.publish(Drafts.sayOnce(Drafts.group(GROUP), user, id, id))
                        .toCompletableFuture()
                        .join();
                fresh += receipt.duplicate() ? 0 : 1;
                String place =
                        acknowledged.put(id, Long.toString(receipt.position().seq()));
                if (place != null) {
                    assertThat(receipt.duplicate())
                            .as("round %s: %s, acknowledged before, is a repetition", round, id)
                            .isTrue();
                    assertThat(receipt.position().seq())
                            .as("round %s: the first receipt of %s", round, id)
                            .isEqualTo(Long.parseLong(place));
                }
            }
            List<Message> after = readAll(broker);
            assertThat(after).as("round %s: entries after repetitions", round).hasSize((int) (before + fresh));
            check(round, after);
            tried.clear();
        } finally {
            runtime.close();
        }
    }

    private void check(int round, List<Message> log) {
        Map<String, Long> places = new HashMap<>();
        String prev = "";
        for (int i = 0; i < log.size(); i++) {
            Message message = log.get(i);
            assertThat(message.position().seq()).as("round %s: seq", round).isEqualTo(i + 1);
            assertThat(message.prev()).as("round %s: prev of %s", round, i + 1).isEqualTo(prev);
            prev = message.position().mid();
            Long twice =
                    places.put(message.draft().content(), message.position().seq());
            assertThat(twice)
                    .as(
                            "round %s: the other place of %s",
                            round, message.draft().content())
                    .isNull();
        }
        acknowledged.forEach((id, place) -> assertThat(places.get(id))
                .as("round %s: the place of %s, which was acknowledged", round, id)
                .isEqualTo(Long.parseLong(place)));
    }

    private void checkBook(int round, JdbcBroker broker) {
        DirectoryPage page = broker.directory()
                .read(AppendingChild.LISTED, "", 0, 100_000)
                .toCompletableFuture()
                .join();
        Map<String, String> found = new HashMap<>();
        page.items().forEach(item -> found.put(item.conversation().toString(), Long.toString(item.version())));
        assertThat(listed)
                .as("round %s: what the process was told it has listed", round)
                .isNotEmpty();
        listed.forEach((id, version) -> assertThat(found.get("g:" + id))
                .as("round %s: the version of %s, which was listed", round, id)
                .isEqualTo(version));
        Position recv = broker.watermarks()
                .find(AppendingChild.LISTED, Drafts.group(GROUP))
                .toCompletableFuture()
                .join()
                .recv();
        assertThat(recv.epoch()).as("round %s: the epoch of the mark", round).isEqualTo("round" + round);
        assertThat(recv.seq())
                .as("round %s: the mark, which was told to be at least", round)
                .isGreaterThanOrEqualTo(marked.getOrDefault(recv.epoch(), 0L));
    }

    private static List<Message> readAll(JdbcBroker broker) {
        List<Message> log = new ArrayList<>();
        Position position = Position.START;
        Slice page;
        do {
            page = broker.read(Reading.after(Drafts.group(GROUP), position, 500))
                    .toCompletableFuture()
                    .join();
            log.addAll(page.entries());
            position = log.isEmpty() ? position : log.get(log.size() - 1).position();
        } while (page.status() == Slice.Status.MORE);
        return log;
    }
}
