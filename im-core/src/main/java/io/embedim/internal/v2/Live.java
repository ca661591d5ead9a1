package io.embedim.internal.v2;

import io.embedim.conversation.Message;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection's part in one conversation (protocol P2). Guarded by its {@link Channel}, but for what is final. */
public final class Live {

    /** How a connection is in a conversation. */
    enum State {
        DETACHED,
        CATCHING_UP,
        LIVE
    }

    /** Entries that come while it catches up, at the most; beyond that it reads once more. */
    private static final int MOST_GATHERED = 256;

    final Dialogue dialogue;
    final Channel channel;
    State state = State.DETACHED;
    /** Its place among the live ones. */
    int place = -1;
    /** The last entry that it has from a page; what comes up to there it has already. Read without the lock by who delivers. */
    volatile long from;
    /** Whether its user is here as a member: what it says is fenced by that. By tasks of the mailbox. */
    boolean isMember;

    private @Nullable ArrayDeque<Message> gathered;
    private boolean missed;

    Live(Dialogue dialogue, Channel channel) {
        this.dialogue = dialogue;
        this.channel = channel;
    }

    /** The connection. */
    public Link link() {
        return dialogue.link();
    }

    /** Whether an entry is news to it. Any thread. */
    public boolean wants(Message message) {
        return message.position().seq() > from;
    }

    void beginGathering() {
        gathered = null;
        missed = false;
    }

    void gather(Message message) {
        if (gathered == null) {
            gathered = new ArrayDeque<>(4);
        }
        if (gathered.size() == MOST_GATHERED) {
            missed = true;
        } else {
            gathered.add(message);
        }
    }

    /** What has come meanwhile, or null where that was too much. */
    @Nullable
    Iterable<Message> gathered() {
        return missed ? null : gathered == null ? List.of() : gathered;
    }

    void endGathering() {
        gathered = null;
    }
}
