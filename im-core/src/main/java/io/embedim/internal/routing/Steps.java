package io.embedim.internal.routing;

import io.embedim.monitor.Backend;
import io.embedim.runtime.ImRuntime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Goes on when a backend has answered: at once where it has already, else later, and without it when it takes too long.
 *
 * <p>An answer that comes after its time is dropped: to the client it was "unknown".
 */
final class Steps {

    private final ImRuntime runtime;
    private final Duration patience;
    private final Counters counters;
    private final Backend backend;

    Steps(ImRuntime runtime, Duration patience, Counters counters, Backend backend) {
        this.runtime = runtime;
        this.patience = patience;
        this.counters = counters;
        this.backend = backend;
    }

    /** The same for another backend. */
    Steps of(Backend other) {
        return new Steps(runtime, patience, counters, other);
    }

    /** The backend did not do what it was asked; for those who ask it themselves. */
    void failed() {
        counters.failed(backend);
    }

    /**
     * Asks, and goes on with the answer.
     *
     * @param ask calls the backend; may throw
     * @param next goes on; answers what else there is to wait for, or null
     * @param failed hears why there is no answer
     * @return what to wait for, or null where all is done
     */
    <T> @Nullable CompletionStage<?> then(
            Supplier<? extends CompletionStage<T>> ask,
            Function<? super T, ? extends @Nullable CompletionStage<?>> next,
            Consumer<Throwable> failed) {
        CompletableFuture<T> answer;
        try {
            answer = ask.get().toCompletableFuture();
        } catch (RuntimeException e) {
            failed();
            failed.accept(e);
            return null;
        }
        if (!answer.isDone()) {
            return inTime(answer)
                    .handle((value, failure) -> go(value, failure, next, failed))
                    .thenCompose(Function.identity());
        }
        T value;
        try {
            value = answer.join();
        } catch (RuntimeException e) {
            failed();
            failed.accept(cause(e));
            return null;
        }
        return next.apply(value);
    }

    /** The answer, where it has come already; null where it has not, or is a failure. */
    static <T> @Nullable T now(CompletionStage<T> stage) {
        return stage instanceof CompletableFuture<T> future && future.isDone() && !future.isCompletedExceptionally()
                ? future.join()
                : null;
    }

    /** The same answer, or a {@link TimeoutException} when its time is over. */
    <T> CompletableFuture<T> inTime(CompletableFuture<T> answer) {
        if (answer.isDone()) {
            if (answer.isCompletedExceptionally()) {
                failed();
            }
            return answer;
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        ImRuntime.Cancellable timer =
                runtime.schedule(() -> fail(result, new TimeoutException("no answer within " + patience)), patience);
        CompletionStage<T> ignored = answer.whenComplete((value, failure) -> {
            timer.cancel();
            if (failure == null) {
                result.complete(value);
            } else {
                fail(result, failure);
            }
        });
        return result;
    }

    private void fail(CompletableFuture<?> result, Throwable failure) {
        if (result.completeExceptionally(failure)) {
            failed();
        }
    }

    private static <T> CompletionStage<@Nullable Object> go(
            T value,
            @Nullable Throwable failure,
            Function<? super T, ? extends @Nullable CompletionStage<?>> next,
            Consumer<Throwable> failed) {
        if (failure != null) {
            failed.accept(cause(failure));
            return CompletableFuture.completedFuture(null);
        }
        CompletionStage<?> more = next.apply(value);
        return more == null ? CompletableFuture.completedFuture(null) : more.thenApply(done -> null);
    }

    static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
