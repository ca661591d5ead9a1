package io.embedim.jdbc;

import io.embedim.conversation.Draft;
import io.embedim.conversation.Message;
import io.embedim.conversation.Outcome;
import io.embedim.conversation.Position;
import io.embedim.model.ImException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One append on its way: waiting, then in a transaction, then answered. Who waits too long is told so, and whether it was too late to take it back. */
final class Append implements Item {

    private enum State {
        WAITING,
        BEGUN,
        GIVEN_UP
    }

    final Draft draft;
    final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final long weight;
    private volatile @Nullable Runnable timer;

    Append(Draft draft) {
        this.draft = draft;
        this.weight = new Message(draft, Position.START, "", Instant.EPOCH).weight();
    }

    @Override
    public long weight() {
        return weight;
    }

    /** What takes the timer back; at once where all is over already. */
    void timer(Runnable cancel) {
        timer = cancel;
        if (outcome.isDone()) {
            cancel.run();
        }
    }

    /** False where it was given up before. */
    boolean begin() {
        return state.compareAndSet(State.WAITING, State.BEGUN);
    }

    /** The time is over. */
    void giveUp(String timeOut) {
        if (state.compareAndSet(State.WAITING, State.GIVEN_UP)) {
            fail("was not made: it waited longer than " + timeOut + " for its turn", null);
        } else {
            fail("has an unknown outcome: the database took longer than " + timeOut, null);
        }
    }

    @Override
    public void drop(String why) {
        state.set(State.GIVEN_UP);
        fail("was not made: " + why, null);
    }

    void complete(Outcome with) {
        outcome.complete(with);
        cancelTimer();
    }

    void fail(String how, @Nullable Throwable why) {
        outcome.completeExceptionally(
                new ImException("append to " + draft.conversation() + " " + how, Failures.withoutWords(why)));
        cancelTimer();
    }

    private void cancelTimer() {
        Runnable cancel = timer;
        if (cancel != null) {
            cancel.run();
        }
    }
}
