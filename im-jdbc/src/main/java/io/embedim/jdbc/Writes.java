package io.embedim.jdbc;

import io.embedim.runtime.ImRuntime;
import io.embedim.runtime.ImRuntime.Cancellable;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** The way to the writer: everything that is to be written, each for a bounded time. */
final class Writes {

    private final Writer writer;
    private final ImRuntime runtime;
    private final Duration timeOut;

    Writes(Writer writer, ImRuntime runtime, Duration timeOut) {
        this.writer = writer;
        this.runtime = runtime;
        this.timeOut = timeOut;
    }

    /** What is done in a transaction that others share, one after the other, so that none sees another half done. */
    <T> CompletionStage<T> change(String name, Database.Work<T> work) {
        return send(new Change<>(name, work));
    }

    <T> CompletionStage<T> send(Pending<T> pending) {
        String refused = writer.offer(pending);
        if (refused != null) {
            pending.drop(refused);
        } else if (!pending.outcome.isDone()) {
            Cancellable timer = after(timeOut, () -> pending.giveUp(timeOut.toString()));
            pending.timer(timer::cancel);
        }
        return pending.outcome.minimalCompletionStage();
    }

    /** Not on the timer's own thread: whoever waits for a stage must not hold up the other timers. */
    Cancellable after(Duration time, Runnable task) {
        return runtime.schedule(() -> runtime.executor().execute(task), time);
    }
}
