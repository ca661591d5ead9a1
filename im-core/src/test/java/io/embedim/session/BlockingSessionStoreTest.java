package io.embedim.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.ImException;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockingSessionStoreTest {

    private static final ConnectionId ID = new ConnectionId("c1");

    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final CountDownLatch stuck = new CountDownLatch(1);

    @AfterEach
    void end() {
        stuck.countDown();
        executor.shutdownNow();
    }

    @Test
    void runsCallsOnTheExecutor() throws Exception {
        Thread worker = executor.submit(Thread::currentThread).get();
        Backend store = new Backend(
                2,
                Duration.ofSeconds(20),
                () -> assertThat(Thread.currentThread()).isSameAs(worker));

        assertThat(store.counts().toCompletableFuture().get(10, TimeUnit.SECONDS))
                .isEqualTo(new SessionCounts(1, 2, 3));
    }

    @Test
    void saysWhatFailedAndWhy() {
        Backend store = new Backend(2, Duration.ofSeconds(20), () -> {
            throw new IOException("no route");
        });

        assertThatThrownBy(() -> store.remove(ID, 1).toCompletableFuture().get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(ImException.class)
                .hasMessageContaining("remove of session c1")
                .hasRootCauseMessage("no route");
    }

    @Test
    void failsAtOnceWhenTooManyCallsWait() {
        Backend store = new Backend(2, Duration.ofSeconds(20), stuck::await);
        CompletableFuture<Void> running = store.remove(ID, 1).toCompletableFuture();
        CompletableFuture<Void> waiting = store.remove(ID, 2).toCompletableFuture();

        CompletableFuture<Void> oneMore = store.remove(ID, 3).toCompletableFuture();

        assertThat(oneMore).isCompletedExceptionally();
        assertThatThrownBy(oneMore::join)
                .cause()
                .isInstanceOf(ImException.class)
                .hasMessageContaining("not tried: 2 calls");
        assertThat(running).isNotDone();
        assertThat(waiting).isNotDone();
    }

    @Test
    void takesCallsAgainWhenEarlierOnesHaveEnded() throws Exception {
        Backend store = new Backend(1, Duration.ofSeconds(20), () -> {});

        for (int i = 1; i <= 1_000; i++) {
            store.remove(ID, i).toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void anOutcomeAfterTheTimeOutIsUnknown() {
        // Long enough for the first call to begin on a busy machine: one that never began would not count.
        Backend store = new Backend(1, Duration.ofSeconds(1), stuck::await);

        assertThatThrownBy(() -> store.remove(ID, 1).toCompletableFuture().get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(ImException.class)
                .hasMessageStartingWith("unknown outcome: remove of session c1");
        assertThatThrownBy(() -> store.remove(ID, 2).toCompletableFuture().get(10, TimeUnit.SECONDS))
                .as("the first call still blocks, so it still counts")
                .cause()
                .hasMessageContaining("not tried");
    }

    @Test
    void anExecutorThatRefusesFailsTheCallAndLeavesNoCallCounted() {
        executor.shutdown();
        Backend store = new Backend(1, Duration.ofSeconds(20), () -> {});

        for (int i = 1; i <= 3; i++) {
            assertThatThrownBy(() -> store.remove(ID, 1).toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .cause()
                    .hasMessageContaining("the executor refused it");
        }
    }

    private final class Backend extends BlockingSessionStore {

        private final BlockingCalls.Step step;

        Backend(int maxWaiting, Duration timeOut, BlockingCalls.Step step) {
            super(executor, maxWaiting, timeOut);
            this.step = step;
        }

        @Override
        protected void doPut(Session session, long version) throws Exception {
            step.run();
        }

        @Override
        protected void doRemove(ConnectionId id, long version) throws Exception {
            step.run();
        }

        @Override
        protected Optional<Session> doFind(ConnectionId id) throws Exception {
            step.run();
            return Optional.empty();
        }

        @Override
        protected Page<Session> doOfUser(UserId user, PageRequest page) throws Exception {
            step.run();
            return Page.empty();
        }

        @Override
        protected Page<Session> doInGroup(GroupId group, PageRequest page) throws Exception {
            step.run();
            return Page.empty();
        }

        @Override
        protected Page<Session> doAll(PageRequest page) throws Exception {
            step.run();
            return Page.empty();
        }

        @Override
        protected Page<UserId> doUsers(PageRequest page) throws Exception {
            step.run();
            return Page.empty();
        }

        @Override
        protected Page<GroupId> doGroups(PageRequest page) throws Exception {
            step.run();
            return Page.empty();
        }

        @Override
        protected long doCountInGroup(GroupId group) throws Exception {
            step.run();
            return 0;
        }

        @Override
        protected SessionCounts doCounts() throws Exception {
            step.run();
            return new SessionCounts(1, 2, 3);
        }
    }
}
