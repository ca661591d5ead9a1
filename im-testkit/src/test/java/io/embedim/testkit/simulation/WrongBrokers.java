package io.embedim.testkit.simulation;

import io.embedim.conversation.Action;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.Message;
import io.embedim.conversation.Once;
import io.embedim.conversation.Outcome;
import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Refusal;
import io.embedim.conversation.Slice;
import io.embedim.model.UserId;
import io.embedim.runtime.ImRuntime;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Brokers that are wrong in one thing each. */
final class WrongBrokers {

    private WrongBrokers() {}

    private static Message with(Message message, Draft draft) {
        return new Message(
                draft, message.position(), message.prev(), message.at(), message.revision(), message.recalled());
    }

    /** Sometimes says that it has a message, and appends it a moment later, if it still lives by then. */
    static final class AcksFirst extends ChangedBroker {

        private final ImRuntime process;

        AcksFirst(LogBroker correct, ImRuntime process) {
            super(correct);
            this.process = process;
        }

        @Override
        public CompletionStage<Outcome> append(Draft draft) {
            if (draft.once() == null || process.random().nextInt(3) > 0) {
                return super.append(draft);
            }
            return correct.read(Reading.last(draft.conversation(), 1)).thenApply(slice -> {
                process.schedule(() -> correct.append(draft), Duration.ofMillis(50));
                Position top = slice.top();
                return new Receipt(
                        new Position(
                                top.epoch(),
                                top.seq() + 1,
                                "early-" + process.random().nextLong()),
                        process.now(),
                        false);
            });
        }
    }

    /** Takes the number first and appends then. */
    static final class NumbersOutsideTheStep extends ChangedBroker {

        private final ImRuntime process;

        NumbersOutsideTheStep(LogBroker correct, ImRuntime process) {
            super(correct);
            this.process = process;
        }

        @Override
        public CompletionStage<Outcome> append(Draft draft) {
            CompletableFuture<Outcome> answer = new CompletableFuture<>();
            correct.read(Reading.last(draft.conversation(), 1))
                    .thenAccept(before -> process.schedule(
                            () -> correct.append(draft)
                                    .thenAccept(outcome -> answer.complete(
                                            outcome instanceof Receipt receipt && !receipt.duplicate()
                                                    ? numbered(
                                                            receipt,
                                                            before.top().seq() + 1)
                                                    : outcome)),
                            Duration.ofMillis(5)));
            return answer;
        }

        private static Receipt numbered(Receipt receipt, long seq) {
            Position at = receipt.position();
            return new Receipt(new Position(at.epoch(), seq, at.mid()), receipt.at(), false);
        }
    }

    /** Knows no repetition: each attempt is an action of its own. */
    static final class ForgetsActions extends ChangedBroker {

        private final Map<String, Once> actions;

        ForgetsActions(LogBroker correct, Map<String, Once> actions) {
            super(correct);
            this.actions = actions;
        }

        @Override
        public CompletionStage<Outcome> append(Draft draft) {
            Once once = draft.once();
            if (once == null) {
                return super.append(draft);
            }
            Once other = new Once("attempt-" + actions.size(), once.hash());
            actions.put(other.id(), once);
            return super.append(draft.once(other));
        }

        @Override
        public CompletionStage<Optional<Outcome>> find(ConversationId conversation, UserId sender, Once once) {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        Message heard(Message message) {
            Once attempt = message.draft().once();
            Once once = attempt == null ? null : actions.get(attempt.id());
            return once == null ? message : with(message, message.draft().once(once));
        }

        @Override
        Message read(Message message) {
            return heard(message);
        }
    }

    /** Answers a repetition from what it remembers, whatever became of the log. */
    static final class RemembersOldLogs extends ChangedBroker {

        private final Map<String, Receipt> receipts;

        RemembersOldLogs(LogBroker correct, Map<String, Receipt> receipts) {
            super(correct);
            this.receipts = receipts;
        }

        @Override
        public CompletionStage<Optional<Outcome>> find(ConversationId conversation, UserId sender, Once once) {
            Receipt known = receipts.get(once.id());
            return known == null
                    ? super.find(conversation, sender, once)
                    : CompletableFuture.completedFuture(Optional.of(new Receipt(known.position(), known.at(), true)));
        }

        @Override
        public CompletionStage<Outcome> append(Draft draft) {
            Once once = draft.once();
            return super.append(draft).thenApply(outcome -> {
                if (once != null && outcome instanceof Receipt receipt) {
                    receipts.put(once.id(), receipt);
                }
                return outcome;
            });
        }
    }

    /** Honours an action whose place the log has given to another entry, since it lost its tail: only what is past the top is void for it. */
    static final class HonoursLostActions extends ChangedBroker {

        private final Map<String, Receipt> receipts;

        HonoursLostActions(LogBroker correct, Map<String, Receipt> receipts) {
            super(correct);
            this.receipts = receipts;
        }

        @Override
        public CompletionStage<Optional<Outcome>> find(ConversationId conversation, UserId sender, Once once) {
            Receipt known = receipts.get(once.id());
            return known == null
                    ? super.find(conversation, sender, once)
                    : correct.read(Reading.last(conversation, 1)).thenApply(slice -> {
                        Position at = known.position();
                        boolean isVoid = !at.epoch().equals(slice.top().epoch())
                                || at.seq() > slice.top().seq();
                        return isVoid ? Optional.empty() : Optional.of(new Receipt(at, known.at(), true));
                    });
        }

        @Override
        public CompletionStage<Outcome> append(Draft draft) {
            Once once = draft.once();
            return super.append(draft).thenApply(outcome -> {
                if (once != null && outcome instanceof Receipt receipt) {
                    receipts.put(once.id(), receipt);
                }
                return outcome;
            });
        }
    }

    /** Takes a position for its epoch and number alone. */
    static final class ComparesNoAnchor extends ChangedBroker {

        ComparesNoAnchor(LogBroker correct) {
            super(correct);
        }

        @Override
        public CompletionStage<Slice> read(Reading reading) {
            return super.read(reading)
                    .thenCompose(slice -> slice.status() == Slice.Status.RESET
                                    && reading.from() instanceof Reading.After after
                                    && after.position().seq() <= slice.top().seq()
                            ? readOn(reading, after.position(), slice)
                            : CompletableFuture.completedFuture(slice));
        }

        private CompletionStage<Slice> readOn(Reading reading, Position from, Slice reset) {
            Reading.From below = new Reading.Before(from.epoch(), from.seq() + 1);
            return correct.read(new Reading(reading.conversation(), below, 1, reading.bytes(), reading.member()))
                    .thenCompose(there -> there.entries().isEmpty()
                            ? CompletableFuture.completedFuture(reset)
                            : correct.read(new Reading(
                                    reading.conversation(),
                                    new Reading.After(there.entries().get(0).position()),
                                    reading.limit(),
                                    reading.bytes(),
                                    reading.member())));
        }
    }

    /** Says that somebody has gone, and does not write it down. */
    static final class ForgetsLeaves extends ChangedBroker {

        ForgetsLeaves(LogBroker correct) {
            super(correct);
        }

        @Override
        public CompletionStage<Outcome> append(Draft draft) {
            return draft.action() instanceof Action.RemoveMember
                    ? CompletableFuture.completedFuture(Refusal.NOT_A_MEMBER)
                    : super.append(draft);
        }
    }

    /** Serves what was said, also when it has been taken back. */
    static final class ServesWhatWasRecalled extends ChangedBroker {

        private final Map<String, Draft> said;

        ServesWhatWasRecalled(LogBroker correct, Map<String, Draft> said) {
            super(correct);
            this.said = said;
        }

        @Override
        Message heard(Message message) {
            said.put(message.position().mid(), message.draft());
            return message;
        }

        @Override
        Message read(Message message) {
            Draft before = said.get(message.position().mid());
            return before == null || !message.recalled()
                    ? message
                    : new Message(before, message.position(), message.prev(), message.at(), message.revision(), false);
        }
    }

    /** Delivers, now and then, an entry of a branch that the log has not. */
    static final class DeliversForks extends ChangedBroker {

        private final ImRuntime process;
        private @Nullable String last;
        private boolean forked;

        DeliversForks(LogBroker correct, ImRuntime process) {
            super(correct);
            this.process = process;
        }

        @Override
        Message heard(Message message) {
            if (!message.position().mid().equals(last)) {
                last = message.position().mid();
                forked = message.position().seq() > 1 && process.random().nextInt(8) == 0;
            }
            return forked
                    ? new Message(
                            message.draft(),
                            message.position(),
                            "of-another-branch",
                            message.at(),
                            message.revision(),
                            message.recalled())
                    : message;
        }
    }
}
