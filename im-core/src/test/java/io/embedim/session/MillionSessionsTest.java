package io.embedim.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.cluster.NodeId;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A million sessions, each bound to a user of its own and in a group of 100. Prints what they cost; times are of the processor, so that other processes do not count. */
@Tag("slow")
class MillionSessionsTest {

    private static final Logger LOG = LoggerFactory.getLogger(MillionSessionsTest.class);
    private static final int MILLION = 1_000_000;
    private static final int SAMPLE = 10_000;
    private static final NodeId NODE = new NodeId("node");

    private final InMemorySessionStore store = new InMemorySessionStore(Clock.systemUTC());

    @Test
    void costsTheSameForEachOfAMillionSessionsAsForEachOfTenThousand() {
        // Three rounds that count for nothing, so that the code is compiled.
        for (int round = 1; round <= 3; round++) {
            Session[] others = sessions(round * 10 * MILLION, 5 * SAMPLE);
            putAll(others, 1);
            putAll(rebound(others), 2);
            pages(400);
            removeAll(others);
        }
        Session[] sessions = sessions(0, MILLION);
        long empty = usedHeap();

        Session[] few = Arrays.copyOf(sessions, SAMPLE);
        double putAtFew = putAll(few, 1);
        double changeAtFew = putAll(rebound(few), 2);
        putAll(few, 3);
        double growing = putAll(sessions, 3);
        long index = usedHeap() - empty;
        double changeAtMany = putAll(rebound(few), 4);
        double pageAtMany = pages(1_000);
        SessionCounts counts = now(store.counts());
        double removeAtMany = removeAll(few);

        LOG.info("bytes per session: {} for the index, besides the Session itself", index / MILLION);
        LOG.info("ns per put: {} up to 10 k sessions, {} up to 1 M", (long) putAtFew, (long) growing);
        LOG.info("ns per change of user and group: {} at 10 k sessions, {} at 1 M", (long) changeAtFew, (long)
                changeAtMany);
        LOG.info("ns per remove at 1 M: {}; us per page of 100 at 1 M: {}", (long) removeAtMany, (long)
                (pageAtMany / 1_000));
        assertThat(counts).isEqualTo(new SessionCounts(MILLION, MILLION, MILLION / 100));
        assertThat(index / MILLION).as("bytes of index per session").isLessThan(200);
        // Caches miss more at a million; a scan would cost a thousand times as much.
        assertThat(changeAtMany).as("ns per change at 1 M").isLessThan(20 * changeAtFew + 5_000);
        assertThat(pageAtMany).as("ns per page at 1 M").isLessThan(1_000_000);
        assertThat(sessions).hasSize(MILLION);
    }

    private double putAll(Session[] sessions, long version) {
        long start = cpuNanos();
        for (Session session : sessions) {
            now(store.put(session, version));
        }
        return (cpuNanos() - start) / (double) sessions.length;
    }

    private double removeAll(Session[] sessions) {
        long start = cpuNanos();
        for (Session session : sessions) {
            now(store.remove(session.id(), 9));
        }
        return (cpuNanos() - start) / (double) sessions.length;
    }

    private double pages(int count) {
        long start = cpuNanos();
        PageRequest request = PageRequest.first(100);
        for (int i = 0; i < count; i++) {
            Page<Session> page = now(store.all(request));
            assertThat(page.items()).hasSize(100);
            String next = page.next();
            if (next != null) {
                request = request.after(next);
            }
        }
        return (cpuNanos() - start) / (double) count;
    }

    private static Session[] sessions(int from, int count) {
        SplittableRandom random = new SplittableRandom(from);
        Session[] sessions = new Session[count];
        for (int i = 0; i < count; i++) {
            sessions[i] = session(ConnectionId.random(random), "u" + (from + i), "g" + (from + i) / 100);
        }
        return sessions;
    }

    private static Session[] rebound(Session[] sessions) {
        Session[] changed = new Session[sessions.length];
        for (int i = 0; i < sessions.length; i++) {
            changed[i] = session(sessions[i].id(), "other" + i, "others" + i / 100);
        }
        return changed;
    }

    private static Session session(ConnectionId id, String user, String group) {
        return new Session(id, NODE, new UserId(user), Set.of(new GroupId(group)), Map.of(), Instant.EPOCH);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }

    private static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
