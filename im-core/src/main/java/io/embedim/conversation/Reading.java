package io.embedim.conversation;

import io.embedim.model.UserId;
import org.jspecify.annotations.Nullable;

/**
 * What is to be read from a conversation's log.
 *
 * @param conversation which conversation
 * @param from where to begin
 * @param limit at most how many entries
 * @param bytes at most how much, as {@link Message#weight} counts; the first entry comes however large it is
 * @param member whose membership bounds what is seen, or null for all there is: from the entry that added that user to the one that removed it (protocol M3)
 */
public record Reading(
        ConversationId conversation,
        From from,
        int limit,
        long bytes,
        @Nullable UserId member) {

    /** Where to begin. */
    public sealed interface From {}

    /**
     * Behind a position, if it is still the log's.
     *
     * @param position the end of what the reader has
     */
    public record After(Position position) implements From {}

    /** The newest entries, as many as the limit allows. */
    public record Last() implements From {}

    /**
     * Older entries: the last ones below a place.
     *
     * @param epoch of which log
     * @param seq below which place
     */
    public record Before(String epoch, long seq) implements From {}

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if a bound is below 1
     */
    public Reading {
        if (limit < 1 || bytes < 1) {
            throw new IllegalArgumentException(
                    "limit is " + limit + ", bytes is " + bytes + "; expected 1 or more of each");
        }
    }

    /**
     * Reads on from a position.
     *
     * @param conversation which conversation
     * @param position the end of what the reader has; {@link Position#START} for nothing
     * @param limit at most how many entries
     * @return for all there is, of any size
     */
    public static Reading after(ConversationId conversation, Position position, int limit) {
        return new Reading(conversation, new After(position), limit, Long.MAX_VALUE, null);
    }

    /**
     * Reads the newest entries.
     *
     * @param conversation which conversation
     * @param limit at most how many
     * @return for all there is, of any size
     */
    public static Reading last(ConversationId conversation, int limit) {
        return new Reading(conversation, new Last(), limit, Long.MAX_VALUE, null);
    }

    /**
     * Reads entries below a place.
     *
     * @param conversation which conversation
     * @param epoch of which log
     * @param seq below which place
     * @param limit at most how many
     * @return for all there is, of any size
     */
    public static Reading before(ConversationId conversation, String epoch, long seq, int limit) {
        return new Reading(conversation, new Before(epoch, seq), limit, Long.MAX_VALUE, null);
    }

    /**
     * The same as a member sees it.
     *
     * @param user the member
     * @return a copy
     */
    public Reading asSeenBy(UserId user) {
        return new Reading(conversation, from, limit, bytes, user);
    }

    /**
     * The same, but not more than this.
     *
     * @param most how much
     * @return a copy
     */
    public Reading withBytes(long most) {
        return new Reading(conversation, from, limit, most, member);
    }
}
