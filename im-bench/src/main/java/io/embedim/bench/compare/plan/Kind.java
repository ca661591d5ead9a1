package io.embedim.bench.compare.plan;

/** The sorts of scenarios. */
public enum Kind {
    /** A private message there and back, one after the other. */
    ROUND_TRIP(true, false, false),
    /** One group, one sender, some messages outstanding. */
    GROUP(false, false, false),
    /** Many groups in which everybody talks. */
    TALK(true, false, false),
    /** Leaving groups and joining them again. */
    CHURN(true, false, false),
    /** Private messages and groups of all sizes, mixed. */
    MIXED(true, false, false),
    /** Connecting as fast as the server takes them; with groups, because a message of one's own tells who is in. */
    STORM(true, false, false),
    /** A group at a fixed rate. */
    PACED_GROUP(false, false, false),
    /** Many groups at a fixed rate. */
    PACED_TALK(true, false, false),
    /** Nothing any more: what is left of all that was before. */
    REST(false, false, false),
    /** A group with members that never read. */
    STALLED(false, true, false),
    /** Connections that do nothing. */
    IDLE(false, true, false),
    /** A group, and a server that has so many cores. */
    CORES(false, true, false),
    /** Benchmarks of the core, without a server. */
    CORE(false, false, true);

    private final boolean addresses;
    private final boolean fresh;
    private final boolean alone;

    Kind(boolean addresses, boolean fresh, boolean alone) {
        this.addresses = addresses;
        this.fresh = fresh;
        this.alone = alone;
    }

    /** Whether it needs users or several groups. */
    public boolean addresses() {
        return addresses;
    }

    /** Whether it needs a server that nothing else was done to. */
    public boolean fresh() {
        return fresh;
    }

    /** Whether no server takes part. */
    public boolean alone() {
        return alone;
    }

    /** Whether its rate is that of the best peer, so that this one has to be measured first. */
    public boolean paced() {
        return this == PACED_GROUP || this == PACED_TALK;
    }
}
