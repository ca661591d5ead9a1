package io.embedim.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Slice;
import io.embedim.model.UserId;
import io.embedim.runtime.ThreadRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Measures what docs/how-to/keep-messages.md says, on the disk below {@code java.io.tmpdir}. No test by its name, so only who names it runs it; the page has the command.
 */
@Timeout(900)
class Figures {

    private static final int ENTRIES = Integer.getInteger("im.figures.entries", 1_000_000);
    private static final int CHUNK = 2_000;
    private static final int PAGE = 50;
    private static final Duration TIME = Duration.ofSeconds(10);
    private static final String WORDS = "x".repeat(100);

    @Test
    void h2() {
        Path directory = onDisk();
        try (HikariDataSource pool = Pools.h2(directory, "")) {
            measure("H2", pool);
        } finally {
            Pools.delete(directory);
        }
    }

    @Test
    void postgres() {
        try (Postgres server = Postgres.start(true, Figures::onDisk);
                HikariDataSource pool = server.pool()) {
            measure("PostgreSQL", pool);
        }
    }

    private static Path onDisk() {
        try {
            return Files.createTempDirectory("im-figures-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void measure(String name, HikariDataSource pool) {
        try (Node node = Node.on(pool)) {
            for (int outstanding : List.of(1, 8, 64, 512)) {
                appends(node, outstanding, TIME.dividedBy(5));
                say("%s, %d outstanding: %.0f appends/s", name, outstanding, appends(node, outstanding, TIME));
            }
        }
        fill(pool);
        try (Node node = Node.on(pool)) {
            String epoch = Node.await(node.broker.read(Reading.last(Drafts.group("long"), 1)))
                    .top()
                    .epoch();
            for (int round = 0; round < 2; round++) {
                for (int percent : List.of(10, 50, 100)) {
                    pages(name, node, epoch, percent);
                }
                unread(name, node);
            }
        }
    }

    private static double appends(Node node, int outstanding, Duration time) {
        Semaphore free = new Semaphore(outstanding);
        AtomicLong done = new AtomicLong();
        long id = System.nanoTime();
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < time.toNanos()) {
            free.acquireUninterruptibly();
            node.broker
                    .publish(Drafts.sayOnce(Drafts.group("rate"), "a", WORDS, "id" + ++id))
                    .whenComplete((receipt, failure) -> {
                        if (failure == null) {
                            done.incrementAndGet();
                        }
                        free.release();
                    });
        }
        free.acquireUninterruptibly(outstanding);
        return done.get() * 1e9 / (System.nanoTime() - begin);
    }

    /** In large transactions, past the writer. */
    private static void fill(HikariDataSource pool) {
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < CHUNK; i++) {
            drafts.add(Drafts.say(Drafts.group("long"), "a", WORDS));
        }
        try (ThreadRuntime runtime = ThreadRuntime.start()) {
            Database database = new Database(pool, Duration.ofMinutes(1), false);
            Ids ids = new Ids(runtime);
            for (int i = 0; i < ENTRIES; i += CHUNK) {
                database.write(connection -> {
                    try (AppendBatch batch =
                            new AppendBatch(connection, JdbcBroker.DEFAULT_RETENTION, ids, Instant.now())) {
                        return batch.append(drafts).size();
                    }
                });
            }
        } catch (SQLException | UnknownCommit e) {
            throw new AssertionError(e);
        }
    }

    /** Each page begins at another place: H2 answers the same question twice from its memory. */
    private static void pages(String name, Node node, String epoch, int percent) {
        long[] nanos = new long[1_000];
        for (int i = 0; i < nanos.length; i++) {
            Reading reading = Reading.before(Drafts.group("long"), epoch, ENTRIES / 100L * percent + 1 - i, PAGE);
            long begin = System.nanoTime();
            Slice page = Node.await(node.broker.read(reading));
            nanos[i] = System.nanoTime() - begin;
            if (page.entries().size() != PAGE) {
                throw new AssertionError(
                        page.status() + " with " + page.entries().size() + " entries; expected " + PAGE);
            }
        }
        Arrays.sort(nanos);
        say(
                "%s, a page of %d at %d %% of %d: median %.2f ms, 99 %% %.2f ms",
                name, PAGE, percent, ENTRIES, nanos[nanos.length / 2] / 1e6, nanos[nanos.length * 99 / 100] / 1e6);
    }

    /** For users that have read nothing of it. */
    private static void unread(String name, Node node) {
        long[] nanos = new long[1_000];
        for (int i = 0; i < nanos.length; i++) {
            long begin = System.nanoTime();
            int count = Node.await(node.broker.unread(
                    Reading.after(Drafts.group("long"), Position.START, 999), new UserId("reader" + i)));
            nanos[i] = System.nanoTime() - begin;
            if (count != 999) {
                throw new AssertionError(count + " unread; expected 999");
            }
        }
        Arrays.sort(nanos);
        say(
                "%s, 999 unread of %d: median %.2f ms, 99 %% %.2f ms",
                name, ENTRIES, nanos[nanos.length / 2] / 1e6, nanos[nanos.length * 99 / 100] / 1e6);
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
