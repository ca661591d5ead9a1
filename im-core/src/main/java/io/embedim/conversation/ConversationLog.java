package io.embedim.conversation;

import java.time.Instant;
import java.util.List;

/** Where one conversation's log stands. Its lock makes numbering and handing over one step. */
final class ConversationLog {

    private final String epoch;
    private final List<Topic> audience;
    private long seq;
    private String lastMid = "";
    private boolean forgotten;
    private volatile long lastUse;

    ConversationLog(ConversationId conversation, String epoch, long tick) {
        this.epoch = epoch;
        this.audience = audience(conversation);
        this.lastUse = tick;
    }

    /** The topics that its messages go to. */
    List<Topic> audience() {
        return audience;
    }

    /** Numbers a message; for holders of the lock. */
    Message append(Draft draft, String mid, Instant now, long tick) {
        Message message = new Message(draft, new Position(epoch, ++seq, mid), lastMid, now);
        lastMid = mid;
        lastUse = tick;
        return message;
    }

    boolean isForgotten() {
        return forgotten;
    }

    long lastUse() {
        return lastUse;
    }

    synchronized void forget() {
        forgotten = true;
    }

    private static List<Topic> audience(ConversationId conversation) {
        if (conversation instanceof ConversationId.Pair pair) {
            return pair.first().equals(pair.second())
                    ? List.of(Topic.of(pair.first()))
                    : List.of(Topic.of(pair.first()), Topic.of(pair.second()));
        } else if (conversation instanceof ConversationId.Group group) {
            return List.of(Topic.of(group.group()));
        }
        throw new IllegalArgumentException("no audience for " + conversation);
    }
}
