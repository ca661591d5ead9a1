package io.embedim.internal.v2;

import io.embedim.conversation.Message;
import io.embedim.conversation.Position;
import org.jspecify.annotations.Nullable;

/** One connection's part in one conversation (protocol P2). Guarded by its {@link Channel}, but for what is final. */
public final class Live {

    /** How a connection is in a conversation. */
    enum State {
        DETACHED,
        CATCHING_UP,
        LIVE
    }

    final Dialogue dialogue;
    final Channel channel;
    State state = State.DETACHED;
    /** Its place among the live ones. */
    int place = -1;
    /** The last entry that it has from a page; what comes up to there it has already. Read without the lock by who delivers. */
    volatile long from;
    /** Whether its user is here as a member: what it says is fenced by that. By tasks of the mailbox. */
    boolean isMember;

    /** From where on it needs what is {@link Recent}, while it catches up. */
    long gathersFrom;

    /** What had come when it had not read as far; then it reads once more. */
    @Nullable
    Position behind;

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
}
