package io.embedim.client;

/**
 * An entry of a conversation, named twice over.
 *
 * @param seq its place
 * @param mid its name
 */
public record EntryRef(long seq, String mid) {}
