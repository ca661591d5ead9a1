package io.embedim.internal.v2;

/** One object of what a client sends: something to do, or why it is not done. */
public sealed interface Item permits Request, Fault {}
