package io.embedim.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.cluster.Command;
import io.embedim.cluster.CommandHandler;
import io.embedim.cluster.CommandReply;
import io.embedim.cluster.NodeId;
import io.embedim.conversation.Broker;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Signal;
import io.embedim.conversation.Topic;
import io.embedim.conversation.TopicListener;
import io.embedim.model.GroupId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {

    private static final Topic TOPIC = Topic.of(GroupId.of("100"));

    private final TaskQueue tasks = new TaskQueue();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private Supplier<CompletionStage<Void>> answer = () -> CompletableFuture.completedFuture(null);
    private final Subscriptions subscriptions = new Subscriptions(new CallRecorder(), tasks);

    @Test
    void theBrokerHearsTheFirstAndTheLast() {
        assertThat(isDone(subscriptions.acquire(TOPIC))).isTrue();
        assertThat(isDone(subscriptions.acquire(TOPIC))).isTrue();
        subscriptions.release(TOPIC);
        subscriptions.release(TOPIC);

        assertThat(calls).containsExactly("subscribe g:100", "unsubscribe g:100");
        assertThat(subscriptions.topics()).isZero();
    }

    @Test
    void whoComesWhileTheSubscriptionIsUnderWayWaitsForIt() {
        CompletableFuture<Void> broker = new CompletableFuture<>();
        answer = () -> broker;
        CompletionStage<Void> first = subscriptions.acquire(TOPIC);
        CompletionStage<Void> second = subscriptions.acquire(TOPIC);

        assertThat(isDone(first) || isDone(second)).isFalse();
        broker.complete(null);

        assertThat(isDone(first) && isDone(second)).isTrue();
        assertThat(calls).containsExactly("subscribe g:100");
    }

    @Test
    void whoComesWhileTheLastOneIsLeavingGetsANewSubscription() {
        subscriptions.acquire(TOPIC);
        CompletableFuture<Void> leaving = new CompletableFuture<>();
        answer = () -> leaving;
        subscriptions.release(TOPIC);
        answer = () -> CompletableFuture.completedFuture(null);
        CompletionStage<Void> next = subscriptions.acquire(TOPIC);

        assertThat(isDone(next)).as("the unsubscribe is still under way").isFalse();
        leaving.complete(null);
        tasks.runAll();

        assertThat(isDone(next)).isTrue();
        assertThat(calls).containsExactly("subscribe g:100", "unsubscribe g:100", "subscribe g:100");
    }

    @Test
    void aRefusedSubscriptionIsTriedAgainForTheNextOneOnly() {
        answer = () -> CompletableFuture.failedFuture(new IllegalStateException("no"));
        CompletionStage<Void> refused = subscriptions.acquire(TOPIC);
        assertThat(refused.toCompletableFuture()).isCompletedExceptionally();
        assertThat(calls).hasSize(1);

        answer = () -> CompletableFuture.completedFuture(null);
        assertThat(isDone(subscriptions.acquire(TOPIC))).isTrue();
        subscriptions.release(TOPIC);
        subscriptions.release(TOPIC);

        assertThat(calls).containsExactly("subscribe g:100", "subscribe g:100", "unsubscribe g:100");
        assertThat(subscriptions.topics()).isZero();
    }

    @Test
    void aBrokerThatThrowsIsARefusal() {
        answer = () -> {
            throw new IllegalStateException("no");
        };

        assertThat(subscriptions.acquire(TOPIC).toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void underRealThreadsWhoHoldsTheTopicIsSubscribed() throws InterruptedException {
        int threads = 8;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        boolean[] subscribed = new boolean[1];
        List<String> faults = Collections.synchronizedList(new ArrayList<>());
        Subscriptions shared = new Subscriptions(
                new CallRecorder() {
                    @Override
                    public CompletionStage<Void> subscribe(Topic topic) {
                        subscribed[0] = true;
                        return CompletableFuture.completedFuture(null);
                    }

                    @Override
                    public CompletionStage<Void> unsubscribe(Topic topic) {
                        subscribed[0] = false;
                        return CompletableFuture.completedFuture(null);
                    }
                },
                executor);
        CountDownLatch done = new CountDownLatch(threads);
        try {
            for (int t = 0; t < threads; t++) {
                executor.execute(() -> {
                    for (int i = 0; i < 20_000; i++) {
                        shared.acquire(TOPIC).toCompletableFuture().join();
                        if (!subscribed[0]) {
                            faults.add("holder is not subscribed");
                        }
                        shared.release(TOPIC);
                    }
                    done.countDown();
                });
            }
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            executor.shutdownNow();
        }
        assertThat(faults).isEmpty();
        assertThat(subscribed[0]).isFalse();
        assertThat(shared.topics()).isZero();
    }

    private static boolean isDone(CompletionStage<?> stage) {
        return stage.toCompletableFuture().isDone();
    }

    private class CallRecorder implements Broker {
        @Override
        public void attach(TopicListener listener) {}

        @Override
        public void serve(NodeId self, CommandHandler handler) {}

        @Override
        public CompletionStage<CommandReply> command(NodeId node, Command command) {
            throw new AssertionError();
        }

        @Override
        public CompletionStage<Receipt> publish(Draft draft) {
            throw new AssertionError();
        }

        @Override
        public CompletionStage<Void> signal(Signal signal) {
            throw new AssertionError();
        }

        @Override
        public CompletionStage<Void> subscribe(Topic topic) {
            calls.add("subscribe " + topic);
            return answer.get();
        }

        @Override
        public CompletionStage<Void> unsubscribe(Topic topic) {
            calls.add("unsubscribe " + topic);
            return answer.get();
        }

        @Override
        public CompletionStage<Void> probe() {
            throw new AssertionError();
        }

        @Override
        public void close() {}
    }
}
