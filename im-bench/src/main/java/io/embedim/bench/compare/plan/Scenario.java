package io.embedim.bench.compare.plan;

/**
 * What all peers have to do.
 *
 * @param name for the command line and the results
 * @param title for people
 * @param kind what sort it is
 * @param size members of the group, cores, or stalled members, whatever the sort counts
 * @param window messages outstanding
 * @param quick whether the quick comparison has it
 */
public record Scenario(String name, String title, Kind kind, int size, int window, boolean quick) {}
