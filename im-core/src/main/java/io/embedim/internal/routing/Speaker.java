package io.embedim.internal.routing;

import io.embedim.conversation.Broker;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Receipt;
import io.embedim.internal.v2.Dialect;
import io.embedim.internal.v2.Pairs;
import io.embedim.model.ImException;
import io.embedim.monitor.Backend;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Publishes what the application says; what clients say comes by {@link FrameHandler}. */
final class Speaker {

    private final Broker broker;
    private final Router router;
    private final Undelivered undelivered;
    private final @Nullable Pairs pairs;
    private final Steps steps;
    private final Counters counters;

    Speaker(
            Broker broker,
            Router router,
            Undelivered undelivered,
            @Nullable Dialect dialect,
            Steps steps,
            Counters counters) {
        this.broker = broker;
        this.router = router;
        this.undelivered = undelivered;
        this.pairs = dialect == null ? null : dialect.pairs();
        this.steps = steps.of(Backend.BROKER);
        this.counters = counters;
    }

    CompletionStage<Receipt> publish(Draft draft) {
        if (pairs == null) {
            return append(draft);
        }
        CompletableFuture<Receipt> published = new CompletableFuture<>();
        CompletionStage<?> ignored = pairs.open(
                draft.conversation(),
                null,
                () -> append(draft).whenComplete((receipt, failure) -> {
                    if (failure != null) {
                        published.completeExceptionally(Steps.cause(failure));
                    } else {
                        published.complete(receipt);
                    }
                }),
                wait -> {},
                failure -> published.completeExceptionally(
                        new ImException("not published: the directory of conversations failed", failure)));
        return published;
    }

    private CompletionStage<Receipt> append(Draft draft) {
        boolean absent = undelivered.isAbsent(draft);
        CompletableFuture<Receipt> receipt;
        try {
            receipt = broker.publish(draft).toCompletableFuture();
        } catch (RuntimeException e) {
            receipt = CompletableFuture.failedFuture(e);
        }
        return steps.inTime(receipt).handle(Speaker::known).thenCompose(published -> {
            counters.published(draft, published);
            if (absent) {
                undelivered.published(draft, published);
            }
            CompletionStage<Void> behind = router.behind(draft.conversation());
            return behind == null
                    ? CompletableFuture.completedFuture(published)
                    : behind.thenApply(written -> published);
        });
    }

    private static Receipt known(Receipt receipt, @Nullable Throwable failure) {
        if (failure == null) {
            return receipt;
        }
        Throwable cause = Steps.cause(failure);
        throw cause instanceof ImException known
                ? known
                : new ImException(
                        cause instanceof TimeoutException
                                ? "unknown: the broker did not say in time whether it was published"
                                : "the broker failed, and did not say that it was published",
                        cause);
    }
}
