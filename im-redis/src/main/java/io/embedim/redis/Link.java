package io.embedim.redis;

import io.embedim.model.ImException;
import io.embedim.model.LogText;
import io.embedim.runtime.ImRuntime;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands to Redis: pipelined on one connection, a bounded number of them, each waited for a bounded time. Answers are given on the runtime's executor: the client's thread reads for everybody.
 *
 * <p>A command is sent once. One that was under way when the connection broke may have been carried out, and that is what its failure says.
 */
final class Link {

    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(1);
    private static final long LOOK_NANOS = 1_000_000;

    private final RedisClusterAsyncCommands<byte[], byte[]> commands;
    private final ImRuntime runtime;
    private final Duration timeOut;
    private final int mostWaiting;
    private final Deadlines deadlines;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Runnable onReadOnly = () -> {};
    private volatile boolean up = true;
    private volatile boolean closed;

    Link(RedisClusterAsyncCommands<byte[], byte[]> commands, ImRuntime runtime, Duration timeOut, int mostWaiting) {
        this.commands = commands;
        this.runtime = runtime;
        this.timeOut = timeOut;
        this.mostWaiting = mostWaiting;
        this.deadlines = new Deadlines(runtime, timeOut);
        deadlines.start();
    }

    ImRuntime runtime() {
        return runtime;
    }

    Duration timeOut() {
        return timeOut;
    }

    boolean isUp() {
        return up && !closed;
    }

    /** What to do when Redis refuses to write. */
    void onReadOnly(Runnable task) {
        onReadOnly = task;
    }

    void up(boolean now) {
        up = now;
    }

    /** Runs a script; answers what it answers. */
    CompletionStage<List<Object>> eval(String what, Script script, byte[][] keys, byte[]... values) {
        CompletableFuture<List<Object>> result = new CompletableFuture<>();
        String refused = refusal();
        if (refused != null) {
            return fail(what + " was not made: " + refused);
        }
        deadlines.add(result, () -> late(what));
        CompletionStage<List<Object>> first =
                attempt(() -> commands.evalsha(script.digest(), ScriptOutputType.MULTI, keys, values));
        CompletionStage<?> ignored = first.whenComplete((answer, failure) -> {
            if (failure != null && Failures.cause(failure) instanceof RedisNoScriptException) {
                CompletionStage<List<Object>> again =
                        attempt(() -> commands.eval(script.source(), ScriptOutputType.MULTI, keys, values));
                CompletionStage<?> unused =
                        again.whenComplete((second, failedAgain) -> finish(what, result, second, failedAgain));
            } else {
                finish(what, result, answer, failure);
            }
        });
        return result;
    }

    /** Runs a plain command. */
    <T> CompletionStage<T> call(String what, Call<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        String refused = refusal();
        if (refused != null) {
            return fail(what + " was not made: " + refused);
        }
        deadlines.add(result, () -> late(what));
        CompletionStage<?> ignored = attempt(() -> call.on(commands))
                .whenComplete((answer, failure) -> finish(what, result, answer, failure));
        return result;
    }

    /** A plain command. */
    @FunctionalInterface
    interface Call<T> {
        CompletionStage<T> on(RedisClusterAsyncCommands<byte[], byte[]> commands);
    }

    /** Waits a moment for the answers to what was sent. */
    void awaitAnswers() {
        long end = System.nanoTime() + LONGEST_FAREWELL.toNanos();
        while (up && waiting.get() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Runs a script and waits a moment for its end; without the runtime, which may have been closed. */
    void farewell(Script script, byte[][] keys, byte[]... values) {
        if (!isUp()) {
            return;
        }
        try {
            CompletionStage<List<Object>> sent = commands.eval(script.source(), ScriptOutputType.MULTI, keys, values);
            sent.toCompletableFuture().get(LONGEST_FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.debug("event=redis_farewell_failed", LogText.trace(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        closed = true;
        deadlines.end();
    }

    /** Why nothing may be sent now, or null; who gets null has a place that {@link #finish} gives back. */
    private @Nullable String refusal() {
        if (closed) {
            return "the connection to Redis is closed";
        } else if (!up) {
            return "expected a connection to Redis; there is none";
        } else if (waiting.incrementAndGet() > mostWaiting) {
            waiting.decrementAndGet();
            return mostWaiting + " calls wait already";
        }
        return null;
    }

    private static <T> CompletionStage<T> attempt(Supplier<? extends CompletionStage<T>> command) {
        try {
            return command.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private <T> void finish(String what, CompletableFuture<T> result, T answer, @Nullable Throwable failure) {
        if (failure != null && Failures.isReadOnly(Failures.cause(failure))) {
            onReadOnly.run();
        }
        Runnable end = () -> {
            if (failure == null) {
                result.complete(answer);
            } else {
                result.completeExceptionally(failed(what, Failures.cause(failure)));
            }
            waiting.decrementAndGet();
        };
        try {
            runtime.executor().execute(end);
        } catch (RejectedExecutionException e) {
            end.run();
        }
    }

    private static ImException failed(String what, Throwable cause) {
        return new ImException(
                what
                        + (Failures.isRefusal(cause) ? " was not made: " : " has an unknown outcome: ")
                        + Failures.why(cause),
                cause);
    }

    private ImException late(String what) {
        return new ImException(what + " has an unknown outcome: "
                + (closed ? "the connection was closed" : "Redis did not answer within " + timeOut));
    }

    private static <T> CompletionStage<T> fail(String why) {
        return CompletableFuture.failedFuture(new ImException(why));
    }
}
