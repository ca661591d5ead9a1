package io.embedim.bench.compare.plan;

/**
 * How much is done.
 *
 * @param rounds how often each peer has its turn
 * @param seconds that are measured in a run
 * @param warmup seconds before them
 * @param heat CPU seconds of load that a new server gets before it counts
 * @param talking groups of ten, where everybody talks
 * @param idle connections that are weighed
 * @param storm connections that are made
 * @param stalled members that never read
 * @param forks JVMs for each of the core's benchmarks
 * @param content bytes of a message that its sender wrote
 * @param patience seconds that a run gets beyond those it needs
 * @param limit minutes after which no further run is begun
 */
public record Settings(
        int rounds,
        int seconds,
        int warmup,
        int heat,
        int talking,
        int idle,
        int storm,
        int stalled,
        int forks,
        int content,
        int patience,
        int limit) {

    /** For figures to be published. */
    public static final Settings FULL = new Settings(3, 5, 2, 20, 1000, 5000, 3000, 250, 2, 128, 60, 24 * 60);

    /** For a first look, in under ten minutes. */
    public static final Settings QUICK = new Settings(1, 1, 1, 3, 100, 1000, 500, 50, 1, 128, 15, 9);

    /**
     * The same with another number of rounds.
     *
     * @param other how many
     */
    public Settings withRounds(int other) {
        return new Settings(
                other, seconds, warmup, heat, talking, idle, storm, stalled, forks, content, patience, limit);
    }

    /**
     * The same with runs of another length.
     *
     * @param other how many seconds
     */
    public Settings withSeconds(int other) {
        return new Settings(
                rounds, other, warmup, heat, talking, idle, storm, stalled, forks, content, patience, limit);
    }

    /** The same, however long it takes. */
    public Settings withoutLimit() {
        return new Settings(
                rounds, seconds, warmup, heat, talking, idle, storm, stalled, forks, content, patience, FULL.limit);
    }
}
