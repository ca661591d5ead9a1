package io.embedim.bench.compare.plan;

import org.jspecify.annotations.Nullable;

/**
 * One run.
 *
 * @param round from 1
 * @param scenario what is played
 * @param peer by whom; null for what is played without a server
 */
public record Step(int round, Scenario scenario, @Nullable Peer peer) {

    /** The name of who has this turn. */
    public String who() {
        return peer == null ? "core" : peer.name();
    }
}
