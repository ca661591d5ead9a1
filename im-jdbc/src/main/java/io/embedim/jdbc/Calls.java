package io.embedim.jdbc;

import io.embedim.model.ImException;
import io.embedim.runtime.ImRuntime;
import io.embedim.runtime.ImRuntime.Cancellable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Questions to the database, away from who asks: a bounded number at a time, each for a bounded time. */
final class Calls {

    private final Executor executor;
    private final ImRuntime runtime;
    private final Database database;
    private final Semaphore free;
    private final int most;
    private final Duration timeOut;
    private volatile boolean closed;

    Calls(Executor executor, ImRuntime runtime, Database database, int most, Duration timeOut) {
        this.executor = executor;
        this.runtime = runtime;
        this.database = database;
        this.free = new Semaphore(most);
        this.most = most;
        this.timeOut = timeOut;
    }

    <T> CompletionStage<T> call(String what, Database.Work<T> work) {
        if (closed) {
            return failed(what + " was not tried: the broker is closed", null);
        } else if (!free.tryAcquire()) {
            return failed(what + " was not tried: " + most + " calls wait already", null);
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            executor.execute(() -> attempt(what, work, answer));
        } catch (RejectedExecutionException e) {
            free.release();
            return failed(what + " was not tried: the executor refused it", e);
        }
        Cancellable timer = runtime.schedule(
                () -> runtime.executor()
                        .execute(() -> answer.completeExceptionally(
                                new ImException(what + " was given up: it took longer than " + timeOut))),
                timeOut);
        return answer.whenComplete((value, failure) -> timer.cancel());
    }

    void close() {
        closed = true;
    }

    private <T> void attempt(String what, Database.Work<T> work, CompletableFuture<T> answer) {
        T value;
        try {
            if (answer.isDone()) {
                return;
            }
            value = database.read(work);
        } catch (SQLException | RuntimeException e) {
            answer.completeExceptionally(new ImException(what + " failed: " + Failures.why(e), e));
            return;
        } finally {
            free.release();
        }
        answer.complete(value);
    }

    private static <T> CompletionStage<T> failed(String why, @Nullable Throwable cause) {
        return CompletableFuture.failedFuture(new ImException(why, cause));
    }
}
