package io.embedim.conversation;

import java.time.Instant;

/**
 * A message with its place in its conversation's log.
 *
 * @param draft what was said
 * @param position where it stands; its {@code mid} names this message alone
 * @param prev the {@code mid} of the message before it in the same epoch; empty at 1
 * @param at when it was appended, by the broker's clock
 * @param revision how often it has been changed: 0 as it was said; of an edit or recall, the revision that it gave its target
 * @param recalled whether its words have been taken back
 */
public record Message(Draft draft, Position position, String prev, Instant at, long revision, boolean recalled)
        implements TopicEvent {

    private static final long FIXED = 256;

    /**
     * A message as it was said.
     *
     * @param draft what was said
     * @param position where it stands
     * @param prev the {@code mid} of the message before it
     * @param at when it was appended
     */
    public Message(Draft draft, Position position, String prev, Instant at) {
        this(draft, position, prev, at, 0, false);
    }

    /**
     * How much it counts against bounds in bytes: two for each letter of its texts, and {@value #FIXED} for the rest.
     *
     * @return bytes
     */
    public long weight() {
        return FIXED
                + 2L
                        * (draft.json().length()
                                + draft.content().length()
                                + draft.senderName().length());
    }

    /**
     * Its name in the log.
     *
     * @return seq and mid
     */
    public EntryRef ref() {
        return new EntryRef(position.seq(), position.mid());
    }

    @Override
    public String toString() {
        return "Message[" + draft.conversation() + " " + position.seq() + "]";
    }
}
