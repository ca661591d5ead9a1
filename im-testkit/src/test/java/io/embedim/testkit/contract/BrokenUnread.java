package io.embedim.testkit.contract;

import io.embedim.conversation.Action;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Message;
import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Retention;
import io.embedim.conversation.Slice;
import io.embedim.model.UserId;
import io.embedim.runtime.ImRuntime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Log brokers that count in another way than rule H12. */
final class BrokenUnread {

    private BrokenUnread() {}

    private static Reading all(Reading behind, Position position) {
        return new Reading(behind.conversation(), new Reading.After(position), 10_000, Long.MAX_VALUE, behind.member());
    }

    private static Position position(Reading behind) {
        return ((Reading.After) behind.from()).position();
    }

    private static boolean isAnothersWords(Message entry, UserId user) {
        return entry.draft().action() instanceof Action.Say
                && !entry.recalled()
                && !entry.draft().sender().equals(user);
    }

    /** Counts what is read behind the position, by a rule of its own. */
    abstract static class CountsBy extends HookedLogBroker {

        CountsBy(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        abstract Predicate<Message> rule(UserId user);

        @Override
        public CompletionStage<Integer> unread(Reading behind, UserId user) {
            return correct.read(all(behind, position(behind))).thenApply(slice -> (int) slice.entries().stream()
                    .filter(rule(user))
                    .limit(behind.limit())
                    .count());
        }
    }

    static final class CountsTheUsersOwn extends HookedLogBroker {

        CountsTheUsersOwn(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        @Override
        public CompletionStage<Integer> unread(Reading behind, UserId user) {
            return correct.unread(behind, new UserId("nobody"));
        }
    }

    static final class SubtractsNumbers extends HookedLogBroker {

        SubtractsNumbers(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        @Override
        public CompletionStage<Integer> unread(Reading behind, UserId user) {
            return correct.read(Reading.last(behind.conversation(), 1)).thenApply(slice ->
                    (int) (slice.top().seq() - position(behind).seq()));
        }
    }

    static final class CountsEveryEntry extends CountsBy {

        CountsEveryEntry(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        @Override
        Predicate<Message> rule(UserId user) {
            return entry -> !entry.draft().sender().equals(user);
        }
    }

    static final class CountsRecalledWords extends CountsBy {

        CountsRecalledWords(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        @Override
        Predicate<Message> rule(UserId user) {
            return entry -> entry.draft().action() instanceof Action.Say
                    && !entry.draft().sender().equals(user);
        }
    }

    /** As a reader does that takes a reset for the end. */
    static final class CountsNothingWhereThePositionDoesNotFit extends CountsBy {

        CountsNothingWhereThePositionDoesNotFit(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        @Override
        Predicate<Message> rule(UserId user) {
            return entry -> isAnothersWords(entry, user);
        }
    }

    static final class IgnoresTheLimit extends HookedLogBroker {

        IgnoresTheLimit(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        @Override
        public CompletionStage<Integer> unread(Reading behind, UserId user) {
            return correct.unread(all(behind, position(behind)), user);
        }
    }

    static final class LooksAtAsManyEntriesAsItMayCount extends HookedLogBroker {

        LooksAtAsManyEntriesAsItMayCount(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        @Override
        public CompletionStage<Integer> unread(Reading behind, UserId user) {
            return correct.read(behind).thenApply(slice -> (int) slice.entries().stream()
                    .filter(entry -> isAnothersWords(entry, user))
                    .count());
        }
    }

    static final class LooksAtOnePage extends HookedLogBroker {

        LooksAtOnePage(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        @Override
        public CompletionStage<Integer> unread(Reading behind, UserId user) {
            return correct.read(Reading.after(behind.conversation(), position(behind), 500))
                    .thenCompose(slice -> slice.status() == Slice.Status.MORE
                            ? CompletableFuture.completedFuture((int) slice.entries().stream()
                                    .filter(entry -> isAnothersWords(entry, user))
                                    .count())
                            : correct.unread(behind, user));
        }
    }

    static final class NeverLooksAtMids extends HookedLogBroker {

        NeverLooksAtMids(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        @Override
        public CompletionStage<Integer> unread(Reading behind, UserId user) {
            Position given = position(behind);
            return correct.read(all(behind, Position.START)).thenCompose(slice -> {
                Position there = slice.entries().stream()
                        .map(Message::position)
                        .filter(at -> at.seq() == given.seq() && at.epoch().equals(given.epoch()))
                        .findFirst()
                        .orElse(given);
                return correct.unread(
                        new Reading(
                                behind.conversation(),
                                new Reading.After(there),
                                behind.limit(),
                                behind.bytes(),
                                behind.member()),
                        user);
            });
        }
    }

    static final class CountsEverythingForMembers extends HookedLogBroker {

        CountsEverythingForMembers(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        @Override
        public CompletionStage<Integer> unread(Reading behind, UserId user) {
            return correct.unread(Reading.after(behind.conversation(), position(behind), behind.limit()), user);
        }
    }

    static final class CountsAGroupWithoutMembership extends HookedLogBroker {

        CountsAGroupWithoutMembership(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        @Override
        public CompletionStage<Integer> unread(ConversationId conversation, UserId user, Position after, int cap) {
            return unread(Reading.after(conversation, after, cap), user);
        }
    }

    static final class CountsPairsByMembership extends HookedLogBroker {

        CountsPairsByMembership(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        @Override
        public CompletionStage<Integer> unread(ConversationId conversation, UserId user, Position after, int cap) {
            return unread(Reading.after(conversation, after, cap).asSeenBy(user), user);
        }
    }
}
