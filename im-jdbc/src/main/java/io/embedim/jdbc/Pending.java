package io.embedim.jdbc;

import io.embedim.model.ImException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Something on its way into a transaction that it shares with others: waiting, then in it, then answered. Who waits too long is told so, and whether it was too late to take it back.
 */
abstract sealed class Pending<T> implements Item permits Append, Change {

    private enum State {
        WAITING,
        BEGUN,
        GIVEN_UP
    }

    final CompletableFuture<T> outcome = new CompletableFuture<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private volatile @Nullable Runnable timer;

    /** What it is, for failures: {@code append to g:7}. */
    abstract String name();

    /** What takes the timer back; at once where all is over already. */
    final void timer(Runnable cancel) {
        timer = cancel;
        if (outcome.isDone()) {
            cancel.run();
        }
    }

    /** False where it was given up before. */
    final boolean begin() {
        return state.compareAndSet(State.WAITING, State.BEGUN);
    }

    /** The time is over. */
    final void giveUp(String timeOut) {
        if (state.compareAndSet(State.WAITING, State.GIVEN_UP)) {
            fail("was not made: it waited longer than " + timeOut + " for its turn", null);
        } else {
            fail("has an unknown outcome: the database took longer than " + timeOut, null);
        }
    }

    @Override
    public final void drop(String why) {
        state.set(State.GIVEN_UP);
        fail("was not made: " + why, null);
    }

    final void complete(T with) {
        outcome.complete(with);
        cancelTimer();
    }

    final void fail(String how, @Nullable Throwable why) {
        outcome.completeExceptionally(new ImException(name() + " " + how, Failures.withoutWords(why)));
        cancelTimer();
    }

    private void cancelTimer() {
        Runnable cancel = timer;
        if (cancel != null) {
            cancel.run();
        }
    }
}
