package io.embedim.conversation;

import io.embedim.model.UserId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Counts what a user has not read yet, page by page, for brokers that know no better way (H12). For one count. */
final class UnreadCount {

    private static final int PAGE = 500;

    private final LogBroker broker;
    private final Reading behind;
    private final UserId user;
    private int count;

    UnreadCount(LogBroker broker, Reading behind, UserId user) {
        this.broker = broker;
        this.behind = behind;
        this.user = user;
    }

    /** Whether an entry counts. */
    static boolean counts(Message entry, UserId user) {
        return entry.draft().action() instanceof Action.Say
                && !entry.recalled()
                && !entry.draft().sender().equals(user);
    }

    /** The position to count from (H12). */
    static Position position(Reading behind) {
        if (behind.from() instanceof Reading.After after) {
            return after.position();
        }
        throw new IllegalArgumentException("unread begins at " + behind.from() + "; expected a position");
    }

    CompletionStage<Integer> from(Position position) {
        Position next = position;
        while (true) {
            Position asked = next;
            CompletableFuture<Slice> page = read(asked).toCompletableFuture();
            if (!page.isDone() || page.isCompletedExceptionally()) {
                return page.thenCompose(slice -> isLast(asked, slice) ? done() : from(following(slice)));
            }
            // A broker that answers at once is asked in a loop: a chain of its stages would be a stack as deep as its
            // log.
            Slice slice = page.join();
            if (isLast(asked, slice)) {
                return done();
            }
            next = following(slice);
        }
    }

    private CompletionStage<Slice> read(Position position) {
        return broker.read(
                new Reading(behind.conversation(), new Reading.After(position), PAGE, Long.MAX_VALUE, behind.member()));
    }

    private boolean isLast(Position asked, Slice slice) {
        if (slice.status() == Slice.Status.RESET) {
            return asked.seq() == 0;
        }
        slice.entries().stream().filter(entry -> counts(entry, user)).forEach(entry -> count++);
        return count >= behind.limit()
                || slice.entries().isEmpty()
                || following(slice).equals(slice.top());
    }

    private static Position following(Slice slice) {
        return slice.entries().isEmpty()
                ? Position.START
                : slice.entries().get(slice.entries().size() - 1).position();
    }

    private CompletionStage<Integer> done() {
        return CompletableFuture.completedFuture(Math.min(count, behind.limit()));
    }
}
