package io.embedim.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.session.SessionCounts;
import io.embedim.testkit.FrameMutator;
import io.embedim.testkit.ManualRuntime;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A million spoiled frames: every answer is documented, nothing escapes, nothing is logged as an error, nothing is left behind.
 *
 * <p>{@code -Dembedim.fuzz.seed} repeats a run, {@code -Dembedim.fuzz.frames} makes it longer.
 */
@Tag("slow")
class CoreFuzzTest {

    private static final int FRAMES = Integer.getInteger("embedim.fuzz.frames", 1_000_000);
    private static final long SEED = Long.getLong("embedim.fuzz.seed", 20_260_101L);

    /** Long enough for the watchdog to look at what is closing. */
    private static final Duration A_WHILE = Duration.ofSeconds(2);

    /** What a server without clients may keep: the places of the conversations that were used last. */
    private static final long RUNNING_BYTES = 64L << 20;

    /** What the JVM may keep when the server is closed: compiled classes' data, interned names. */
    private static final long ENDED_BYTES = 8L << 20;

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void everyAnswerToASpoiledFrameIsDocumentedAndNothingIsLeft() {
        FrameMutator mutator = new FrameMutator(SEED);
        fuzz(mutator, Math.min(FRAMES, 50_000)); // Loads classes and fills caches, before the heap is looked at.

        long before = usedHeap();
        long running = fuzz(mutator, FRAMES);
        long after = usedHeap();

        assertThat(running - before).as("heap of the running server").isLessThan(RUNNING_BYTES);
        assertThat(after - before).as("heap of the closed server").isLessThan(ENDED_BYTES);
    }

    /** The heap in use when all clients are gone and the server still runs. */
    private static long fuzz(FrameMutator mutator, int frames) {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream stderr = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        ManualRuntime runtime = new ManualRuntime(SEED);
        try (ImServer server =
                ImServer.builder().classicProfile().runtime(runtime).build()) {
            Swarm swarm = new Swarm(server, runtime, new SplittableRandom(SEED));

            for (int i = 0; i < frames; i++) {
                send(swarm, mutator.next(), i);
                if (i % 1_000 == 0) {
                    runtime.advance(A_WHILE);
                }
            }
            swarm.closeAll();
            runtime.advance(A_WHILE);

            assertThat(swarm.closes().keySet()).contains(1007, 1008);
            assertThat(swarm.received()).isGreaterThan(frames / 2);
            assertThat(swarm.opened()).isGreaterThan(frames / 10);
            assertThat(server.connections()).isZero();
            assertThat(server.sessions().counts().toCompletableFuture().join()).isEqualTo(new SessionCounts(0, 0, 0));
            assertThat(runtime.pendingTasks()).isZero();
            assertThat(runtime.pendingTimers()).as("the watchdog alone").isLessThanOrEqualTo(1);
            assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("ERROR");
            return usedHeap();
        } finally {
            System.setErr(stderr);
        }
    }

    private static void send(Swarm swarm, String frame, int number) {
        try {
            swarm.send(frame);
        } catch (Throwable failure) {
            throw new AssertionError(
                    "frame " + number + " of seed " + SEED + " (-Dembedim.fuzz.seed): " + frame, failure);
        }
    }

    private static long usedHeap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
