package io.embedim.client;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a client has of its conversations: for each a position, and entries (SPI). A position is the end of what is stored without a hole (docs/protocol-v2.md, P1), so both
 * change in one step.
 *
 * <p><b>Lifecycle.</b> Belongs to one user on one device, and may outlive the {@link ChatSession}s that use it, one at a time.
 *
 * <p><b>Threads.</b> Called by the session's thread alone; the methods may block it.
 *
 * <p><b>Limits.</b> A store may let go of a conversation's oldest entries. Then a change to such an entry is not applied, and a repetition of it is not known as one.
 *
 * <p><b>Failure.</b> What a method throws comes out of the session's method that called it; nothing of the step may remain.
 */
public interface ClientStore {

    /**
     * The conversations that there is anything of.
     *
     * @return their names; a copy
     */
    Set<String> conversations();

    /**
     * The end of what is stored of a conversation.
     *
     * @param conv its name
     * @return its position, {@link Position#START} where nothing is stored
     */
    Position position(String conv);

    /**
     * What is stored of a conversation.
     *
     * @param conv its name
     * @return entries in the order in which they came, messages as they are now; a copy
     */
    List<Entry> entries(String conv);

    /**
     * One entry.
     *
     * @param conv the conversation's name
     * @param seq its place
     * @return the entry, or empty where it is not stored
     */
    Optional<Entry> at(String conv, long seq);

    /**
     * Stores entries that follow the position, and moves the position to the last of them.
     *
     * @param conv the conversation's name
     * @param entries at least one, without a hole
     */
    void append(String conv, List<Entry> entries);

    /**
     * Puts a changed message in the place of the same message.
     *
     * @param conv the conversation's name
     * @param entry the message as it is now; its place and name are those of a stored one
     */
    void amend(String conv, Entry entry);

    /**
     * Begins a new interval: the position moves, and what lies between it and the stored entries is a gap.
     *
     * @param conv the conversation's name
     * @param position where the next entry follows
     */
    void restart(String conv, Position position);

    /**
     * Discards a conversation's entries and its position; the conversation stays known.
     *
     * @param conv its name
     */
    void discard(String conv);

    /**
     * How much of the directory is known.
     *
     * @return the cursor, {@link DirectoryCursor#START} at first
     */
    DirectoryCursor directory();

    /**
     * Keeps a new cursor.
     *
     * @param cursor how much is known now
     */
    void directory(DirectoryCursor cursor);
}
