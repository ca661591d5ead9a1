package io.embedim.conversation;

import io.embedim.model.UserId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A broker that keeps what was said: each action once, history by position, edits and recalls, members (SPI). What the dialect {@code im.v2} stands on.
 *
 * <p><b>Lifecycle, threads, failure.</b> As for {@link Broker}.
 *
 * <p><b>Rules.</b> Beside those of {@link Broker}; numbers in brackets are the protocol's.
 * <ul>
 *   <li>H1 {@code publish} and {@code append} write the same log, and a read that begins after their stage has completed finds the entry (S1).
 *   <li>H2 A draft with {@link Once} that the log has already, from the same sender with the same id and hash, is answered with the first receipt, marked as a
 *       duplicate; nothing is appended or delivered. With another hash it is refused. Of several at once, one is appended (S3).
 *   <li>H3 That is known for at least {@link #dedupeWindow}, whatever the retention (S3). A broker that has no room to know it fails the append.
 *   <li>H4 A position is judged in one step in the order of P3: nothing read yet, another epoch, above the top, below the floor, the mid below the floor, another mid
 *       at its place.
 *   <li>H5 A read answers contiguous entries, at least one where there is one, and not more than it was asked for; {@code MORE} where it could go on.
 *   <li>H6 Only an append lets go of old entries, by {@link Retention}, and then the floor is the first that is left (L5).
 *   <li>H7 An edit or recall is an entry, and in the same step changes its target. It is refused where there is no such message, its words are gone, it is
 *       somebody else's, or its revision is another one (E1). A target is named by seq and mid.
 *   <li>H8 Every read serves a message as it is by then; the words of a recalled one, those of its edits too, are nowhere (E2).
 *   <li>H9 A draft with a {@link Fence} is refused unless the user's last entry of membership is an {@code AddMember} of that version, or of any where the fence asks for {@link Fence#ANY_VERSION} (M2).
 *   <li>H10 A read for a member sees from the entry that added the user last to the one that removed it, and nothing else, its top and floor included (M3).
 *   <li>H11 What is refused leaves nothing: no number, no entry, no delivery, no knowledge of its id; and no epoch, where there was no log (L4).
 *   <li>H12 {@code unread} counts what a read of all behind the position would show: what was said, not by the user, and is not recalled; at most {@link Reading#limit}. Where the position does not fit,
 *       it counts from the first entry that may be seen; where nothing may be seen, the count is 0 (W1, W2).
 * </ul>
 *
 * <p><b>Lost entries.</b> A broker that finds that a log has lost entries which it had delivered tells its listener by {@link LogReplaced}.
 *
 * <p><b>How to test it.</b> {@code LogBrokerContract} in im-testkit.
 */
public interface LogBroker extends Broker {

    /**
     * Appends an entry and delivers it to its audience, once (H1 to H3, H7, H9).
     *
     * @param draft what is to be appended
     * @return where it stands, or why it does not
     */
    CompletionStage<Outcome> append(Draft draft);

    /**
     * Looks for what an append with this key would answer without appending (H2). So a repetition is known as one before anything else is asked (protocol S4).
     *
     * @param conversation where
     * @param sender whose action
     * @param once which action
     * @return the first receipt, marked as a duplicate; {@link Refusal#ID_TAKEN}; or empty where it would be new
     */
    CompletionStage<Optional<Outcome>> find(ConversationId conversation, UserId sender, Once once);

    /**
     * Reads from a log (H4 to H6, H8, H10).
     *
     * @param reading what
     * @return a part of it
     */
    CompletionStage<Slice> read(Reading reading);

    /**
     * Counts what a user has not read yet (H12). Unless a broker overrides it, page by page through {@link #read}, which costs as much as reading all of it: a broker with a store of its own should
     * let the store count, and stop at the limit.
     *
     * @param behind {@link Reading#after} what was read, with the highest count to be answered as its limit, as seen by the user where its membership bounds what it sees
     * @param user whose own messages do not count
     * @return the count, or the limit where it is that or more
     * @throws IllegalArgumentException if the reading does not begin behind a position
     */
    default CompletionStage<Integer> unread(Reading behind, UserId user) {
        return new UnreadCount(this, behind, user).from(UnreadCount.position(behind));
    }

    /**
     * The same by the usual bounds: all of a pair's conversation, and of a group's what the user's membership shows.
     *
     * @param conversation where
     * @param user whose count
     * @param after up to where it has read
     * @param cap the highest count to be answered, 1 or more
     * @return the count, or the cap where it is that or more
     */
    default CompletionStage<Integer> unread(ConversationId conversation, UserId user, Position after, int cap) {
        Reading all = Reading.after(conversation, after, cap);
        return unread(conversation instanceof ConversationId.Group ? all.asSeenBy(user) : all, user);
    }

    /**
     * For how long a repetition is known as one, at least (H3).
     *
     * @return the guaranteed span
     */
    Duration dedupeWindow();
}
