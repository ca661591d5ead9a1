package io.embedim.bench.compare.report;

/**
 * One part of a claim.
 *
 * @param what is looked at
 * @param demanded in words
 * @param ours our figures
 * @param theirs the figures they are held against
 * @param status what became of it
 */
record Check(String what, String demanded, String ours, String theirs, Status status) {}
