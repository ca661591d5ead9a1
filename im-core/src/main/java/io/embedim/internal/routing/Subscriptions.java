package io.embedim.internal.routing;

import io.embedim.conversation.Broker;
import io.embedim.conversation.Topic;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One subscription per topic for all connections of this node that need it, counted.
 *
 * <p>The broker hears a topic's first and its last, one call at a time and in the order in which they came about, however many connections come and go at once. Safe for use by any
 * thread.
 */
final class Subscriptions {

    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final Broker broker;
    private final Executor executor;
    private final ConcurrentMap<Topic, Use> uses = new ConcurrentHashMap<>();

    Subscriptions(Broker broker, Executor executor) {
        this.broker = broker;
        this.executor = executor;
    }

    /** One more connection needs the topic. Completes when the subscription is in force; fails where the broker refused it, and must be released then too. */
    CompletionStage<Void> acquire(Topic topic) {
        Use use = change(topic, 1);
        use.work();
        return use.inForce();
    }

    /** One connection less needs the topic. */
    void release(Topic topic) {
        change(topic, -1).work();
    }

    int topics() {
        return uses.size();
    }

    private Use change(Topic topic, int by) {
        Use[] changed = new Use[1];
        uses.compute(topic, (key, present) -> {
            Use use = present != null ? present : new Use(key);
            use.count(by);
            changed[0] = use;
            return use;
        });
        return changed[0];
    }

    /** A topic's count, and what the broker knows of it. */
    private final class Use {

        private final Topic topic;
        private int count;
        private boolean active; // In force, and no unsubscribe under way.
        private boolean failed; // Refused; not tried again before somebody else needs it.
        private boolean calling;
        private boolean calledFor;
        private CompletableFuture<Void> inForce = new CompletableFuture<>();

        Use(Topic topic) {
            this.topic = topic;
        }

        synchronized void count(int by) {
            count += by;
            if (by > 0 && !active && inForce.isDone()) {
                failed = false;
                inForce = new CompletableFuture<>();
            }
        }

        synchronized CompletionStage<Void> inForce() {
            return inForce;
        }

        /** Calls the broker until it knows what is wanted now; whoever finds nobody calling does. */
        void work() {
            while (begin()) {
                boolean subscribe = isWanted();
                CompletionStage<Void> stage = ask(subscribe ? broker::subscribe : broker::unsubscribe);
                if (!stage.toCompletableFuture().isDone()) {
                    stage.whenComplete((done, failure) -> {
                        end(subscribe, failure);
                        executor.execute(this::work);
                    });
                    return;
                }
                stage.whenComplete((done, failure) -> end(subscribe, failure));
            }
            uses.computeIfPresent(topic, (key, use) -> use.isIdle() ? null : use);
        }

        private synchronized boolean begin() {
            boolean want = count > 0;
            if (calling || want == active || (want && failed)) {
                return false;
            }
            calling = true;
            calledFor = want;
            active = false;
            return true;
        }

        private synchronized boolean isWanted() {
            return calledFor;
        }

        private CompletionStage<Void> ask(Function<Topic, CompletionStage<Void>> call) {
            try {
                return call.apply(topic);
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        private void end(boolean subscribe, @Nullable Throwable failure) {
            CompletableFuture<Void> waiting;
            synchronized (this) {
                calling = false;
                active = subscribe && failure == null;
                failed = subscribe && failure != null;
                waiting = inForce;
            }
            if (subscribe && failure == null) {
                waiting.complete(null);
                share(waiting);
            } else if (subscribe) {
                waiting.completeExceptionally(failure);
            }
        }

        /** One completed stage serves all topics. */
        private synchronized void share(CompletableFuture<Void> completed) {
            if (inForce == completed) {
                inForce = DONE;
            }
        }

        private synchronized boolean isIdle() {
            return count == 0 && !calling && !active;
        }
    }
}
