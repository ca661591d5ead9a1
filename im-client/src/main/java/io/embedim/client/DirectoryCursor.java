package io.embedim.client;

/**
 * How much of the user's list of conversations is known (docs/protocol-v2.md, V-SYNC 8).
 *
 * @param epoch of which list
 * @param version the last change that is known
 */
public record DirectoryCursor(String epoch, long version) {

    /** Nothing is known. */
    public static final DirectoryCursor START = new DirectoryCursor("", 0);
}
