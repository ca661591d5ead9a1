package io.embedim.conversation;

import io.embedim.model.UserId;
import java.util.concurrent.CompletionStage;

/**
 * In which conversations each user is, so that a client which comes with nothing finds them (SPI).
 *
 * <p><b>What it keeps.</b> For each user a list. Each entry has a version, given by a counter of this user. The list has an epoch, at least 96 random bits of its own or of the whole store's, so that a cursor of
 * another list is known as one. What happens inside a conversation is no matter of the directory.
 *
 * <p><b>Threads.</b> Any thread may call, several at once; no method blocks its caller. Stages may complete on any thread.
 *
 * <p><b>Rules.</b> Numbers in brackets are the protocol's.
 * <ul>
 *   <li>K1 {@code put} answers the entry's version: a new one, above all that this user's entries have had, where the entry was not there or {@code belongs} changes; else the one it has (D1).
 *       The first is 1 or more.
 *   <li>K2 A put that has completed is found by every read that begins afterwards. Of several puts at once each has its version, and one alone makes a change that several ask for.
 *   <li>K3 {@code read} answers what has a version above the cursor's, in the order of versions, each conversation once and as it is by then, not more than it was asked for; {@code MORE} where
 *       there is more (D2).
 *   <li>K4 The page's epoch and version are the next cursor. A reader that has read up to a version never finds an entry later, at or below it, that it has not seen, whatever is put meanwhile.
 *   <li>K5 A cursor with another epoch, or above the top, is answered {@code RESET} with the first part of the list as if nothing had been read. An empty epoch with version 0 is nothing yet,
 *       and no reset (D3).
 *   <li>K6 Reading makes nothing. A user without entries has an empty list; its epoch may be empty.
 *   <li>K7 An entry stays when the user has left: it says so, to a client that comes back later.
 * </ul>
 *
 * <p><b>Failure.</b> A failed stage of a put means unchanged; one that does not complete in time means unknown, and the put can be repeated. An implementation with bounds fails a put that does not fit;
 * it never drops an entry.
 *
 * <p><b>How to test it.</b> {@code DirectoryContract} in im-testkit.
 */
public interface Directory {

    /**
     * Says whether a user is in a conversation (K1, K2).
     *
     * @param user whose list
     * @param conversation which entry
     * @param belongs true where it is, false where it has left
     * @return the entry's version
     */
    CompletionStage<Long> put(UserId user, ConversationId conversation, boolean belongs);

    /**
     * Reads on from a cursor (K3 to K6).
     *
     * @param user whose list
     * @param epoch the cursor's epoch, empty for nothing yet
     * @param version the cursor's version, 0 or more
     * @param limit at most how many entries, 1 or more
     * @return a part of the list
     * @throws IllegalArgumentException if the version is negative or the limit below 1
     */
    CompletionStage<DirectoryPage> read(UserId user, String epoch, long version, int limit);
}
