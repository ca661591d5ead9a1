package io.embedim.testkit.contract;

import io.embedim.conversation.Action;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Message;
import io.embedim.conversation.Outcome;
import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Refusal;
import io.embedim.conversation.Retention;
import io.embedim.conversation.Slice;
import io.embedim.runtime.ImRuntime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Log brokers that break one rule each. */
final class BrokenLogBrokers {

    private BrokenLogBrokers() {}

    private static Draft without(Draft draft, boolean once, boolean fence) {
        return new Draft(
                draft.conversation(),
                draft.origin(),
                draft.sender(),
                draft.senderName(),
                draft.verified(),
                draft.recipient(),
                draft.content(),
                draft.json(),
                draft.action(),
                once ? null : draft.once(),
                fence ? null : draft.fence());
    }

    private static Slice with(Slice slice, List<Message> entries) {
        return new Slice(slice.status(), slice.top(), slice.floor(), slice.floorPrev(), entries);
    }

    static final class ForgetsIds extends HookedLogBroker {

        ForgetsIds(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        @Override
        Draft draft(Draft draft) {
            return without(draft, true, false);
        }
    }

    static final class KnowsIdsWithoutTheirHash extends HookedLogBroker {

        private final Map<String, Receipt> receipts = new HashMap<>();

        KnowsIdsWithoutTheirHash(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        @Override
        Outcome outcome(Draft draft, Outcome outcome) {
            if (draft.once() != null && outcome instanceof Receipt receipt) {
                receipts.put(draft.once().id(), receipt);
            }
            Receipt first =
                    draft.once() == null ? null : receipts.get(draft.once().id());
            return outcome == Refusal.ID_TAKEN && first != null ? first : outcome;
        }
    }

    static final class KnowsIdsOfEverybody extends HookedLogBroker {

        private final Map<String, Receipt> receipts = new HashMap<>();

        KnowsIdsOfEverybody(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        @Override
        public CompletionStage<Outcome> append(Draft draft) {
            Receipt first =
                    draft.once() == null ? null : receipts.get(draft.once().id());
            return first == null
                    ? super.append(draft)
                    : CompletableFuture.completedFuture(new Receipt(first.position(), first.at(), true));
        }

        @Override
        Outcome outcome(Draft draft, Outcome outcome) {
            if (draft.once() != null && outcome instanceof Receipt receipt) {
                receipts.put(draft.once().id(), receipt);
            }
            return outcome;
        }
    }

    static final class LooksAndThenAppends extends HookedLogBroker {

        private final CountDownLatch looked = new CountDownLatch(2);

        LooksAndThenAppends(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        @Override
        public CompletionStage<Outcome> append(Draft draft) {
            if (draft.once() == null) {
                return super.append(draft);
            }
            Optional<Outcome> first = correct.find(draft.conversation(), draft.sender(), draft.once())
                    .toCompletableFuture()
                    .join();
            waitForAnother();
            Outcome outcome = first.orElseGet(() -> correct.append(without(draft, true, false))
                    .toCompletableFuture()
                    .join());
            return CompletableFuture.completedFuture(outcome);
        }

        private void waitForAnother() {
            looked.countDown();
            try {
                looked.await(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static final class ForgetsIdsWithTheirMessages extends HookedLogBroker {

        ForgetsIdsWithTheirMessages(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        @Override
        Draft draft(Draft draft) {
            Slice log = correct.read(Reading.last(draft.conversation(), 1))
                    .toCompletableFuture()
                    .join();
            return log.floor() > 1 ? without(draft, true, false) : draft;
        }
    }

    static final class BelievesAnyEpoch extends HookedLogBroker {

        BelievesAnyEpoch(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        @Override
        Reading reading(Reading reading) {
            String epoch = correct.read(Reading.last(reading.conversation(), 1))
                    .toCompletableFuture()
                    .join()
                    .top()
                    .epoch();
            return reading.from() instanceof Reading.After after
                    ? Reading.after(
                            reading.conversation(),
                            new Position(
                                    epoch,
                                    after.position().seq(),
                                    after.position().mid()),
                            reading.limit())
                    : reading;
        }
    }

    static final class NeverLooksAtMids extends HookedLogBroker {

        NeverLooksAtMids(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        @Override
        Reading reading(Reading reading) {
            if (!(reading.from() instanceof Reading.After after)) {
                return reading;
            }
            Slice all = correct.read(Reading.after(reading.conversation(), Position.START, 100))
                    .toCompletableFuture()
                    .join();
            Position given = after.position();
            String mid = all.entries().stream()
                    .filter(entry -> entry.position().seq() == given.seq())
                    .findFirst()
                    .map(entry -> entry.position().mid())
                    .orElse(given.seq() == all.floor() - 1 ? all.floorPrev() : given.mid());
            return Reading.after(
                    reading.conversation(), new Position(given.epoch(), given.seq(), mid), reading.limit());
        }
    }

    static final class SkipsEntries extends HookedLogBroker {

        SkipsEntries(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        @Override
        Slice slice(Reading reading, Slice slice) {
            return with(
                    slice,
                    slice.entries().stream()
                            .filter(entry -> entry.position().seq() != 6)
                            .toList());
        }
    }

    static final class NeverSaysMore extends HookedLogBroker {

        NeverSaysMore(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        @Override
        Slice slice(Reading reading, Slice slice) {
            return slice.status() == Slice.Status.MORE
                    ? new Slice(Slice.Status.OK, slice.top(), slice.floor(), slice.floorPrev(), slice.entries())
                    : slice;
        }
    }

    static final class KeepsAll extends HookedLogBroker {

        KeepsAll(ImRuntime runtime, Retention retention) {
            super(runtime, Retention.DEFAULT);
        }
    }

    static final class HidesWhatIsOldInReads extends HookedLogBroker {

        private final Retention retention;

        HidesWhatIsOldInReads(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
            this.retention = retention;
        }

        @Override
        Slice slice(Reading reading, Slice slice) {
            Instant oldest = Instant.now().minus(retention.age());
            return with(
                    slice,
                    slice.entries().stream()
                            .filter(entry -> entry.at().isAfter(oldest))
                            .toList());
        }
    }

    static final class EditsAnyRevision extends HookedLogBroker {

        EditsAnyRevision(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        @Override
        Draft draft(Draft draft) {
            if (!(draft.action() instanceof Action.Edit edit)) {
                return draft;
            }
            long revision = correct
                    .read(Reading.after(draft.conversation(), Position.START, 100))
                    .toCompletableFuture()
                    .join()
                    .entries()
                    .stream()
                    .filter(entry -> entry.position().seq() == edit.target().seq())
                    .findFirst()
                    .map(Message::revision)
                    .orElse(0L);
            return draft.doing(new Action.Edit(edit.target(), revision));
        }
    }

    static final class RecallsForAnybody extends HookedLogBroker {

        RecallsForAnybody(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        @Override
        Draft draft(Draft draft) {
            return draft.action() instanceof Action.Recall recall
                    ? draft.doing(new Action.Recall(recall.target(), recall.baseRevision(), true))
                    : draft;
        }
    }

    /** Serves words as they were said, of all entries or of edits alone. */
    static class ServesRecalledWords extends HookedLogBroker {

        private final Map<Long, Draft> said = new HashMap<>();

        ServesRecalledWords(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        boolean remembers(Draft draft) {
            return true;
        }

        @Override
        Outcome outcome(Draft draft, Outcome outcome) {
            if (outcome instanceof Receipt receipt && remembers(draft)) {
                said.put(receipt.position().seq(), draft);
            }
            return outcome;
        }

        @Override
        Slice slice(Reading reading, Slice slice) {
            return with(
                    slice,
                    slice.entries().stream()
                            .map(entry -> new Message(
                                    said.getOrDefault(entry.position().seq(), entry.draft()),
                                    entry.position(),
                                    entry.prev(),
                                    entry.at(),
                                    entry.revision(),
                                    entry.recalled()))
                            .toList());
        }
    }

    static final class ServesEditsOfRecalledWords extends ServesRecalledWords {

        ServesEditsOfRecalledWords(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        @Override
        boolean remembers(Draft draft) {
            return draft.action() instanceof Action.Edit;
        }
    }

    static final class HasNoFences extends HookedLogBroker {

        HasNoFences(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        @Override
        Draft draft(Draft draft) {
            return without(draft, false, true);
        }
    }

    static final class ShowsEverythingToMembers extends HookedLogBroker {

        ShowsEverythingToMembers(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        @Override
        Reading reading(Reading reading) {
            return new Reading(reading.conversation(), reading.from(), reading.limit(), reading.bytes(), null);
        }
    }

    static final class NumbersRefusals extends HookedLogBroker {

        NumbersRefusals(ImRuntime runtime, Retention retention) {
            super(runtime, retention);
        }

        @Override
        Outcome outcome(Draft draft, Outcome outcome) {
            if (outcome instanceof Refusal) {
                correct.publish(without(draft, true, true).doing(Action.SAY));
            }
            return outcome;
        }
    }
}
