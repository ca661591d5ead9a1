package io.embedim.conversation;

import java.time.Instant;

/** Where one conversation's log stands. Its lock makes numbering and handing over one step. */
final class ConversationLog {

    private final String epoch;
    private long seq;
    private String lastMid = "";
    private boolean forgotten;
    private volatile long lastUse;

    ConversationLog(String epoch, long tick) {
        this.epoch = epoch;
        this.lastUse = tick;
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
}
