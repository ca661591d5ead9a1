package io.embedim.conversation;

import io.embedim.model.UserId;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * How far each user has read and received in each conversation (SPI). Whether a position is one of the log is the caller's affair, by {@link LogBroker#read}.
 *
 * <p><b>Threads.</b> Any thread may call, several at once; no method blocks its caller. Stages may complete on any thread.
 *
 * <p><b>Rules.</b> Numbers in brackets are the protocol's.
 * <ul>
 *   <li>Q1 What stands is found. Where nothing stands, it is {@link Position#START}.
 *   <li>Q2 Within an epoch a mark only grows by {@code seq}: a lower or equal position changes nothing (W1).
 *   <li>Q3 A position of another epoch takes the place of the one that stands, whatever their numbers. One with {@code seq} 0 changes nothing.
 *   <li>Q4 {@code READ} also raises the received mark, by Q2 and Q3 (W1). {@code RECV} leaves the read mark alone.
 *   <li>Q5 {@code advance} is one step, and answers what stands afterwards. Of several at once the highest stands.
 *   <li>Q6 Users and conversations are apart.
 *   <li>Q7 {@code ofAll} shows users with a mark each once, not more than it was asked for; which ones, where there are more, is open.
 *   <li>Q8 After {@code forget} nothing stands.
 * </ul>
 *
 * <p><b>Failure.</b> A failed stage means unchanged; one that does not complete in time means unknown, and the call can be repeated. An implementation with bounds fails what does not fit; it never
 * drops a mark.
 *
 * <p><b>How to test it.</b> {@code WatermarksContract} in im-testkit.
 */
public interface Watermarks {

    /** Which of the two marks. */
    enum Kind {
        /** The user has seen it. */
        READ,
        /** A device of the user has stored it. */
        RECV
    }

    /**
     * Finds a user's marks in a conversation (Q1).
     *
     * @param user whose
     * @param conversation where
     * @return the marks
     */
    CompletionStage<Marks> find(UserId user, ConversationId conversation);

    /**
     * Raises a mark (Q2 to Q5).
     *
     * @param user whose
     * @param conversation where
     * @param kind which mark
     * @param position how far
     * @return the marks as they stand afterwards
     */
    CompletionStage<Marks> advance(UserId user, ConversationId conversation, Kind kind, Position position);

    /**
     * The marks of all in a conversation, for pairs and small groups (Q7).
     *
     * @param conversation where
     * @param limit at most how many users, 1 or more
     * @return marks by user
     * @throws IllegalArgumentException if the limit is below 1
     */
    CompletionStage<Map<UserId, Marks>> ofAll(ConversationId conversation, int limit);

    /**
     * Forgets a user's marks in a conversation (Q8).
     *
     * @param user whose
     * @param conversation where
     * @return completes when they are gone
     */
    CompletionStage<Void> forget(UserId user, ConversationId conversation);
}
