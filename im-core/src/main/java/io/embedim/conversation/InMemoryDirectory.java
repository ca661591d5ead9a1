package io.embedim.conversation;

import io.embedim.conversation.DirectoryPage.Item;
import io.embedim.conversation.DirectoryPage.Status;
import io.embedim.model.ImException;
import io.embedim.model.UserId;
import io.embedim.runtime.ImRuntime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The default {@link Directory}: one node, in memory, empty and of another epoch after a restart.
 *
 * <p><b>Threads.</b> Safe for use by any thread. One lock guards everything; it is held for about a microsecond, for a page as long as its items need. Stages are complete when they are returned.
 *
 * <p><b>Limits.</b> {@value #MAX_OF_USER} conversations for each user and {@value #MAX_ENTRIES} entries in all, about 250 bytes each, those included that users have left. A put that would add one more fails with
 * {@link ImException} and changes nothing; entries that are there can still be changed.
 */
public final class InMemoryDirectory implements Directory {

    /** How many conversations a user's list may have. */
    public static final int MAX_OF_USER = 10_000;

    /** How many entries all lists may have together. */
    public static final int MAX_ENTRIES = 1_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<UserId, Conversations> lists = new HashMap<>();
    private final String epoch;
    private final int mostOfUser;
    private final int most;
    private int entries;

    /**
     * Empty lists.
     *
     * @param runtime chance, for the epoch
     */
    public InMemoryDirectory(ImRuntime runtime) {
        this(runtime, MAX_OF_USER, MAX_ENTRIES);
    }

    /** With other limits, for tests. */
    InMemoryDirectory(ImRuntime runtime, int mostOfUser, int most) {
        byte[] bits = new byte[12];
        runtime.random().nextBytes(bits);
        this.epoch = HexFormat.of().formatHex(bits);
        this.mostOfUser = mostOfUser;
        this.most = most;
    }

    /** One user's list, by conversation and by version. */
    private static final class Conversations {
        final Map<ConversationId, Item> items = new HashMap<>();
        final NavigableMap<Long, Item> inOrder = new TreeMap<>();

        long top() {
            return inOrder.isEmpty() ? 0 : inOrder.lastKey();
        }
    }

    @Override
    public CompletionStage<Long> put(UserId user, ConversationId conversation, boolean belongs) {
        lock.lock();
        try {
            return CompletableFuture.completedFuture(changed(user, conversation, belongs));
        } catch (ImException e) {
            return CompletableFuture.failedFuture(e);
        } finally {
            lock.unlock();
        }
    }

    private long changed(UserId user, ConversationId conversation, boolean belongs) {
        Conversations list = lists.get(user);
        Item before = list == null ? null : list.items.get(conversation);
        if (before != null && before.belongs() == belongs) {
            return before.version();
        } else if (before == null) {
            checkRoom(list, user);
            entries++;
        }
        Conversations changed = list != null ? list : new Conversations();
        lists.putIfAbsent(user, changed);
        Item item = new Item(conversation, changed.top() + 1, belongs);
        if (before != null) {
            changed.inOrder.remove(before.version());
        }
        changed.items.put(conversation, item);
        changed.inOrder.put(item.version(), item);
        return item.version();
    }

    private void checkRoom(@Nullable Conversations list, UserId user) {
        int ofUser = list == null ? 0 : list.items.size();
        if (ofUser >= mostOfUser) {
            throw new ImException("the list of " + user + " has " + ofUser + " conversations; expected at most "
                    + mostOfUser + " in memory; nothing was put");
        } else if (entries >= most) {
            throw new ImException("the directory has " + entries + " entries; expected at most " + most
                    + " in memory; nothing was put");
        }
    }

    @Override
    public CompletionStage<DirectoryPage> read(UserId user, String cursorEpoch, long version, int limit) {
        if (version < 0 || limit < 1) {
            throw new IllegalArgumentException(
                    "version is " + version + ", limit is " + limit + "; expected 0 or more, and 1 or more");
        }
        lock.lock();
        try {
            Conversations list = lists.getOrDefault(user, new Conversations());
            boolean fits = DirectoryPage.fits(epoch, list.top(), cursorEpoch, version);
            long after = fits ? version : 0;
            List<Item> items = new ArrayList<>();
            for (Item item : list.inOrder.tailMap(after, false).values()) {
                if (items.size() == limit) {
                    break;
                }
                items.add(item);
            }
            long last = items.isEmpty() ? after : items.get(items.size() - 1).version();
            Status read = last < list.top() ? Status.MORE : Status.OK;
            return CompletableFuture.completedFuture(new DirectoryPage(fits ? read : Status.RESET, epoch, last, items));
        } finally {
            lock.unlock();
        }
    }
}
