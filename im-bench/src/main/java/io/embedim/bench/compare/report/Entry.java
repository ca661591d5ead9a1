package io.embedim.bench.compare.report;

import io.embedim.bench.compare.plan.Peer;
import io.embedim.bench.compare.result.Spread;

/**
 * A peer's figure.
 *
 * @param peer whose
 * @param spread what it was
 */
record Entry(Peer peer, Spread spread) {

    double median() {
        return spread.median();
    }
}
