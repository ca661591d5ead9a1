package io.embedim.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.runtime.ThreadRuntime;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A million messages in one conversation, in memory. Prints what they cost; times are of the processor, so that other processes do not count. */
@Tag("slow")
class MillionMessagesTest {

    private static final Logger LOG = LoggerFactory.getLogger(MillionMessagesTest.class);
    private static final int MILLION = 1_000_000;
    private static final int PAGE = 50;
    private static final int READS = 2_000;
    private static final int ROUNDS = 15;
    private static final long ROOMY = 1L << 40;
    private static final long BOUND = 64L << 20;
    private static final ConversationId GROUP = ConversationId.of(new GroupId("1"));

    private final ThreadRuntime runtime = ThreadRuntime.start();

    @AfterEach
    void stop() {
        runtime.close();
    }

    @Test
    void pageCostsTheSameWhereverItIs() {
        InMemoryBroker broker = broker(ROOMY, ROOMY);
        long empty = usedHeap();
        String epoch = fill(broker);
        long each = (usedHeap() - empty) / MILLION;
        double oldest = Double.MAX_VALUE;
        double middle = Double.MAX_VALUE;
        double newest = Double.MAX_VALUE;
        // In turns, and the best of each: the first rounds are the compiler's, and others may take the caches away.
        for (int round = 0; round < ROUNDS; round++) {
            oldest = Math.min(oldest, pages(broker, epoch, READS + PAGE));
            middle = Math.min(middle, pages(broker, epoch, MILLION / 2));
            newest = Math.min(newest, pages(broker, epoch, MILLION));
        }

        LOG.info("bytes of heap per message: {}", each);
        LOG.info(
                "ns per page of {} of a million messages: {} at the beginning, {} in the middle, {} at the end",
                PAGE,
                (long) oldest,
                (long) middle,
                (long) newest);
        assertThat(oldest).as("ns per page at the beginning").isLessThan(2 * newest);
        assertThat(middle).as("ns per page in the middle").isLessThan(2 * newest);
    }

    @ParameterizedTest(name = "{0} bytes of a conversation, {1} of all")
    @CsvSource({BOUND + "," + ROOMY, ROOMY + "," + BOUND})
    void heapStaysWithinTheBoundHoweverMuchIsSaid(long ofOne, long ofAll) {
        InMemoryBroker broker = broker(ofOne, ofAll);
        long empty = usedHeap();
        fill(broker);
        long used = usedHeap() - empty;

        Slice newest = now(broker.read(Reading.last(GROUP, 1)));
        long kept = newest.top().seq() - newest.floor() + 1;
        LOG.info(
                "{} of a million messages are kept in {} MiB of heap, with bounds of {} and {} MiB",
                kept,
                used >> 20,
                ofOne >> 20,
                ofAll >> 20);
        assertThat(kept).isBetween(10_000L, MILLION / 2L);
        assertThat(used).as("bytes of heap").isLessThan(BOUND);
    }

    private InMemoryBroker broker(long ofOne, long ofAll) {
        Retention retention = new Retention(MILLION, Duration.ofDays(1), ofOne);
        return new InMemoryBroker(runtime, new LogLimits(retention, ofAll, Duration.ofMinutes(10), 1_000));
    }

    /** Says a million different things; answers the epoch. */
    private static String fill(InMemoryBroker broker) {
        UserId ann = new UserId("ann");
        for (int i = 0; i < MILLION; i++) {
            String words = "This is what ann has to say about number " + i;
            String json = "\"type\":\"text\",\"content\":\"" + words + "\"";
            now(broker.publish(new Draft(GROUP, null, ann, "Ann", true, null, words, json)));
        }
        return now(broker.read(Reading.last(GROUP, 1))).top().epoch();
    }

    /** How many nanoseconds of the processor a page takes that ends around here; each is another one. */
    private static double pages(InMemoryBroker broker, String epoch, long end) {
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long entries = 0;
        for (int i = 0; i < READS; i++) {
            entries += now(broker.read(Reading.before(GROUP, epoch, end + 1 - i, PAGE)))
                    .entries()
                    .size();
        }
        long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
        assertThat(entries).isEqualTo((long) READS * PAGE);
        return (double) nanos / READS;
    }

    private static long usedHeap() {
        Runtime memory = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            used = Math.min(used, memory.totalMemory() - memory.freeMemory());
        }
        return used;
    }

    private static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
