package io.embedim.testkit.contract;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Directory;
import io.embedim.conversation.DirectoryPage;
import io.embedim.conversation.DirectoryPage.Item;
import io.embedim.conversation.DirectoryPage.Status;
import io.embedim.conversation.InMemoryDirectory;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.runtime.ImRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Directories that break one rule each. */
final class BrokenDirectories {

    private BrokenDirectories() {}

    /** A correct one with places to do something wrong. */
    static class Hooked implements Directory {

        final Directory correct;

        Hooked(ImRuntime runtime) {
            correct = new InMemoryDirectory(runtime);
        }

        DirectoryPage page(DirectoryPage page) {
            return page;
        }

        @Override
        public CompletionStage<Long> put(UserId user, ConversationId conversation, boolean belongs) {
            return correct.put(user, conversation, belongs);
        }

        @Override
        public CompletionStage<DirectoryPage> read(UserId user, String epoch, long version, int limit) {
            return correct.read(user, epoch, version, limit).thenApply(this::page);
        }

        static DirectoryPage with(DirectoryPage page, List<Item> items) {
            return new DirectoryPage(page.status(), page.epoch(), page.version(), items);
        }

        static DirectoryPage with(DirectoryPage page, Status status) {
            return new DirectoryPage(status, page.epoch(), page.version(), page.items());
        }
    }

    static final class CountsEachPut extends Hooked {

        CountsEachPut(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        public CompletionStage<Long> put(UserId user, ConversationId conversation, boolean belongs) {
            return correct.put(user, conversation, !belongs)
                    .thenCompose(version -> correct.put(user, conversation, belongs));
        }
    }

    static final class HidesWhatWasLeft extends Hooked {

        HidesWhatWasLeft(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        DirectoryPage page(DirectoryPage page) {
            return with(page, page.items().stream().filter(Item::belongs).toList());
        }
    }

    static final class KeepsTheFirstVersion extends Hooked {

        private final Map<ConversationId, Long> first = new ConcurrentHashMap<>();

        KeepsTheFirstVersion(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        public CompletionStage<Long> put(UserId user, ConversationId conversation, boolean belongs) {
            return super.put(user, conversation, belongs)
                    .thenApply(version -> first.computeIfAbsent(conversation, same -> version));
        }
    }

    static final class ShowsWhatWasBefore extends Hooked {

        ShowsWhatWasBefore(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        DirectoryPage page(DirectoryPage page) {
            List<Item> items = new ArrayList<>();
            for (Item item : page.items()) {
                if (!item.belongs()) {
                    items.add(new Item(item.conversation(), item.version() - 1, true));
                }
                items.add(item);
            }
            return with(page, items);
        }
    }

    static final class HasOneListForAll extends Hooked {

        HasOneListForAll(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        public CompletionStage<Long> put(UserId user, ConversationId conversation, boolean belongs) {
            return super.put(new UserId("all"), conversation, belongs);
        }

        @Override
        public CompletionStage<DirectoryPage> read(UserId user, String epoch, long version, int limit) {
            return super.read(new UserId("all"), epoch, version, limit);
        }
    }

    static final class TakesGroupsForNumbers extends Hooked {

        TakesGroupsForNumbers(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        public CompletionStage<Long> put(UserId user, ConversationId conversation, boolean belongs) {
            return super.put(
                    user,
                    conversation.toString().equals("g:100") ? ConversationId.of(new GroupId("0100")) : conversation,
                    belongs);
        }
    }

    static final class IgnoresLimit extends Hooked {

        IgnoresLimit(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        public CompletionStage<DirectoryPage> read(UserId user, String epoch, long version, int limit) {
            return super.read(user, epoch, version, 1_000);
        }
    }

    static final class NeverSaysMore extends Hooked {

        NeverSaysMore(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        DirectoryPage page(DirectoryPage page) {
            return page.status() == Status.MORE ? with(page, Status.OK) : page;
        }
    }

    static final class AlwaysSaysMore extends Hooked {

        AlwaysSaysMore(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        public CompletionStage<DirectoryPage> read(UserId user, String epoch, long version, int limit) {
            return super.read(user, epoch, version, limit)
                    .thenApply(page -> page.items().size() == limit ? with(page, Status.MORE) : page);
        }
    }

    static final class GivesTheTopAsCursor extends Hooked {

        GivesTheTopAsCursor(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        public CompletionStage<DirectoryPage> read(UserId user, String epoch, long version, int limit) {
            return correct.read(user, "", 0, 1_000)
                    .thenCompose(all -> correct.read(user, epoch, version, limit)
                            .thenApply(page ->
                                    new DirectoryPage(page.status(), page.epoch(), all.version(), page.items())));
        }
    }

    static final class BelievesAnyEpoch extends Hooked {

        BelievesAnyEpoch(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        public CompletionStage<DirectoryPage> read(UserId user, String epoch, long version, int limit) {
            return correct.read(user, "", 0, 1)
                    .thenCompose(page -> correct.read(user, epoch.isEmpty() ? "" : page.epoch(), version, limit));
        }
    }

    static final class BelievesAnyVersion extends Hooked {

        BelievesAnyVersion(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        public CompletionStage<DirectoryPage> read(UserId user, String epoch, long version, int limit) {
            return correct.read(user, "", 0, 1_000)
                    .thenCompose(all -> epoch.equals(all.epoch()) && version > all.version()
                            ? CompletableFuture.completedFuture(new DirectoryPage(Status.OK, epoch, version, List.of()))
                            : correct.read(user, epoch, version, limit));
        }
    }

    static final class ResetsWithNothing extends Hooked {

        ResetsWithNothing(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        DirectoryPage page(DirectoryPage page) {
            return page.status() == Status.RESET ? new DirectoryPage(Status.RESET, page.epoch(), 0, List.of()) : page;
        }
    }

    static final class ResetsNothingYet extends Hooked {

        ResetsNothingYet(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        public CompletionStage<DirectoryPage> read(UserId user, String epoch, long version, int limit) {
            return super.read(user, epoch.isEmpty() ? "none" : epoch, version, limit);
        }
    }

    /** Looks and puts in two steps, between which all others look too. */
    static final class LooksThenPuts extends Hooked {

        private final AtomicLong versions = new AtomicLong();
        private final CountDownLatch looked = new CountDownLatch(4);
        private final Map<ConversationId, Long> listed = new ConcurrentHashMap<>();

        LooksThenPuts(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        public CompletionStage<Long> put(UserId user, ConversationId conversation, boolean belongs) {
            Long there = listed.get(conversation);
            await(looked);
            long version = there != null ? there : versions.incrementAndGet();
            listed.put(conversation, version);
            return CompletableFuture.completedFuture(version);
        }

        private static void await(CountDownLatch latch) {
            latch.countDown();
            try {
                latch.await(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Versions as of a sequence of a database: given before the entry comes into sight, here for one writer not until a reader has gone past it. */
    static final class FillsHolesLater extends Hooked {

        private static final long PATIENCE = Duration.ofMillis(100).toNanos();

        private final AtomicLong versions = new AtomicLong();
        private final AtomicLong read = new AtomicLong();
        private final ConcurrentSkipListMap<Long, Item> items = new ConcurrentSkipListMap<>();

        FillsHolesLater(ImRuntime runtime) {
            super(runtime);
        }

        @Override
        public CompletionStage<Long> put(UserId user, ConversationId conversation, boolean belongs) {
            long version = versions.incrementAndGet();
            long end = System.nanoTime() + PATIENCE;
            while (conversation.toString().equals("g:w0-3") && read.get() < version && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            items.put(version, new Item(conversation, version, belongs));
            return CompletableFuture.completedFuture(version);
        }

        @Override
        public CompletionStage<DirectoryPage> read(UserId user, String epoch, long version, int limit) {
            List<Item> found =
                    items.tailMap(version, false).values().stream().limit(limit).toList();
            long last = found.isEmpty() ? version : found.get(found.size() - 1).version();
            read.accumulateAndGet(last, Math::max);
            Status status = items.higherKey(last) == null ? Status.OK : Status.MORE;
            return CompletableFuture.completedFuture(new DirectoryPage(status, "e", last, found));
        }
    }
}
