package io.embedim.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private final TaskQueue tasks = new TaskQueue();
    private final Mailbox mailbox = new Mailbox(tasks);
    private final List<String> done = new ArrayList<>();

    @Test
    void anIdleMailboxRunsATaskAtOnce() {
        post("a");

        assertThat(done).containsExactly("a");
        assertThat(tasks.size()).isZero();
    }

    @Test
    void aTaskWaitsForTheStageOfTheOneBefore() {
        CompletableFuture<String> backend = new CompletableFuture<>();
        mailbox.post(() -> {
            done.add("a");
            return backend;
        });
        post("b");
        assertThat(done).containsExactly("a");

        backend.complete("answer");
        assertThat(done).as("the backend's thread is not ours to keep").containsExactly("a");
        tasks.runAll();

        assertThat(done).containsExactly("a", "b");
    }

    @Test
    void aFailedStageDoesNotStopTheMailbox() {
        CompletableFuture<String> backend = new CompletableFuture<>();
        mailbox.post(() -> backend);
        post("b");

        backend.completeExceptionally(new IllegalStateException("broken"));
        tasks.runAll();

        assertThat(done).containsExactly("b");
    }

    @Test
    void aTaskThatPostsDoesNotNest() {
        mailbox.post(() -> {
            post("inner");
            done.add("outer");
            return null;
        });

        assertThat(done).containsExactly("outer", "inner");
    }

    @Test
    void aMinimalStageIsAStageToo() {
        mailbox.post(() -> CompletableFuture.completedStage("done"));
        post("b");

        assertThat(done).containsExactly("b");
    }

    @Test
    void aClosedMailboxTakesNothingButRunsWhatItHas() {
        CompletableFuture<String> backend = new CompletableFuture<>();
        mailbox.post(() -> backend);
        post("b");
        mailbox.close();

        assertThat(mailbox.post(() -> null)).isFalse();
        backend.complete("answer");
        tasks.runAll();

        assertThat(done).containsExactly("b");
    }

    @Test
    void neverRunsTwoTasksAtOnceWhateverTheThreads() throws InterruptedException {
        int threads = 8;
        int each = 5_000;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        Mailbox shared = new Mailbox(executor);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        int[] unguarded = new int[1];
        CountDownLatch ran = new CountDownLatch(threads * each);
        try {
            for (int t = 0; t < threads; t++) {
                executor.execute(() -> {
                    for (int i = 0; i < each; i++) {
                        boolean later = i % 7 == 0;
                        shared.post(() -> {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            unguarded[0]++;
                            inside.decrementAndGet();
                            ran.countDown();
                            return later ? CompletableFuture.runAsync(() -> {}, executor) : null;
                        });
                    }
                });
            }
            assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            executor.shutdownNow();
        }
        assertThat(most).hasValue(1);
        assertThat(unguarded[0]).isEqualTo(threads * each);
    }

    private void post(String name) {
        mailbox.post(() -> {
            done.add(name);
            return null;
        });
    }
}
