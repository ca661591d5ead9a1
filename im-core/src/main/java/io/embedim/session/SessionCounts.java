package io.embedim.session;

/**
 * How many there are.
 *
 * @param sessions open connections
 * @param users users that at least one of them is bound to
 * @param groups groups that at least one of them has joined
 */
public record SessionCounts(long sessions, long users, long groups) {}
