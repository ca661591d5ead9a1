package io.embedim.conversation;

import io.embedim.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One conversation's log: where it stands and what of it is kept. Its lock makes numbering, keeping and handing over one step. */
final class ConversationLog {

    private final String epoch;
    private final List<Topic> audience;
    private long seq;
    private String lastMid = "";
    /** Only where something is to be kept. */
    private @Nullable History history;

    private boolean forgotten;
    private volatile long lastUse;
    private volatile boolean keeps;

    ConversationLog(ConversationId conversation, String epoch, long tick) {
        this.epoch = epoch;
        this.audience = LocalTopics.audience(conversation);
        this.lastUse = tick;
    }

    /** The topics that its messages go to. */
    List<Topic> audience() {
        return audience;
    }

    /** What a draft is answered that is not to be appended, null where it is; for holders of the lock. */
    @Nullable
    Outcome already(Draft draft, LogLimits limits, Instant now) {
        if (draft.isPlain()) {
            return null;
        }
        if (draft.once() != null && history != null) {
            history.expire(limits.dedupeWindow(), now);
            Outcome first = history.find(draft.sender(), draft.once());
            if (first != null) {
                return first;
            }
        }
        return history(seq + 1).refusal(draft);
    }

    /** Numbers a message and keeps it; for holders of the lock. */
    Message append(Draft draft, String mid, LogLimits limits, Instant now, long tick) {
        Message message = new Message(draft, new Position(epoch, ++seq, mid), lastMid, now);
        lastMid = mid;
        lastUse = tick;
        if (history == null && draft.isPlain() && limits.retention().entries() == 0) {
            return message;
        }
        Message entry = history(seq).add(message, limits.retention());
        boolean any = bytes() > 0;
        if (any != keeps) {
            keeps = any;
        }
        return entry;
    }

    private History history(long next) {
        History present = history;
        if (present == null) {
            present = new History(next);
            history = present;
        }
        return present;
    }

    synchronized @Nullable Outcome find(UserId sender, Once once) {
        return history == null ? null : history.find(sender, once);
    }

    synchronized Slice read(Reading reading) {
        Position top = new Position(epoch, seq, lastMid);
        return history == null
                ? SliceReader.of(top, new Entries(seq + 1), null, reading)
                : SliceReader.of(top, history.entries(), history.members(), reading);
    }

    synchronized int unread(Reading behind, UserId user) {
        return history == null
                ? 0
                : SliceReader.unread(
                        new Position(epoch, seq, lastMid), history.entries(), history.members(), behind, user);
    }

    /** How many bytes are kept; for holders of the lock. */
    long bytes() {
        return history == null ? 0 : history.entries().bytes();
    }

    /** Whether there is something to let go of. Any thread; at a glance. */
    boolean keepsEntries() {
        return keeps;
    }

    /** How many ids are known; for holders of the lock. */
    int ids() {
        return history == null ? 0 : history.receipts();
    }

    /** Forgets ids older than the window; answers how many. */
    synchronized int expire(Duration window, Instant now) {
        if (history == null) {
            return 0;
        }
        int before = history.receipts();
        history.expire(window, now);
        return before - history.receipts();
    }

    /** Lets go of the older half; answers how many bytes that were. */
    synchronized long halve() {
        if (history == null) {
            return 0;
        }
        long before = history.entries().bytes();
        history.entries().halve();
        keeps = history.entries().size() > 0;
        return before - history.entries().bytes();
    }

    boolean isForgotten() {
        return forgotten;
    }

    long lastUse() {
        return lastUse;
    }

    /** Forgets all, unless it knows ids or members; answers how many bytes that were, or -1. */
    synchronized long forget() {
        if (history != null && (history.receipts() > 0 || !history.members().isEmpty())) {
            return -1;
        }
        forgotten = true;
        return bytes();
    }
}
