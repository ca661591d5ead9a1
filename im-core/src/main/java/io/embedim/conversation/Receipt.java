package io.embedim.conversation;

import java.time.Instant;

/**
 * The broker's word that a message stands in the log.
 *
 * @param position where
 * @param at when, by the broker's clock
 * @param duplicate true where it stood there already and nothing was published again
 */
public record Receipt(Position position, Instant at, boolean duplicate) implements Outcome {}
