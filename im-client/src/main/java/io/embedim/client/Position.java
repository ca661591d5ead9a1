package io.embedim.client;

/**
 * A place in a conversation's log, as the server names it.
 *
 * @param epoch which log
 * @param seq the number in the log, 1 and up without holes; 0 stands before the first
 * @param mid the entry at that place, empty at 0
 */
public record Position(String epoch, long seq, String mid) {

    /** Before everything, in whatever log. */
    public static final Position START = new Position("", 0, "");

    /**
     * Whether an entry stands right behind this place (docs/protocol-v2.md, V-SYNC 6).
     *
     * @param entry the entry
     * @return true if its epoch, seq and prev fit; behind {@link #START} the first entry of any log fits
     */
    public boolean isFollowedBy(Entry entry) {
        Position at = entry.position();
        return at.seq() == seq + 1 && entry.prev().equals(mid) && (at.epoch().equals(epoch) || equals(START));
    }
}
