package io.embedim.conversation;

/** What came of an append: a {@link Receipt}, or a {@link Refusal}. */
public sealed interface Outcome permits Receipt, Refusal {}
