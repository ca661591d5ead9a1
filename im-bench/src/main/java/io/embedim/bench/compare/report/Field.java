package io.embedim.bench.compare.report;

import io.embedim.bench.compare.plan.Family;
import io.embedim.bench.compare.plan.Peer;
import io.embedim.bench.compare.plan.Peers;
import io.embedim.bench.compare.result.Results;
import io.embedim.bench.compare.result.Run;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All that have a figure in a scenario.
 *
 * @param results of the comparison
 * @param scenario where
 * @param figure which
 */
record Field(Results results, String scenario, String figure) {

    /** The peers that have it. */
    List<Entry> all(Predicate<Family> families) {
        return Peers.ALL.stream()
                .filter(peer -> families.test(peer.family()))
                .flatMap(peer ->
                        results.spread(peer.name(), scenario, figure).map(spread -> new Entry(peer, spread)).stream())
                .toList();
    }

    List<Entry> ours() {
        return all(family -> family == Family.OURS);
    }

    Optional<Entry> highest(Predicate<Family> families) {
        return all(families).stream().max(Comparator.comparingDouble(Entry::median));
    }

    Optional<Entry> lowest(Predicate<Family> families) {
        return all(families).stream().min(Comparator.comparingDouble(Entry::median));
    }

    /** Peers that could play but were never asked to: without them nobody is known to be first. One that was asked and failed has lost. */
    List<String> unasked(Predicate<Family> families) {
        return Peers.ALL.stream()
                .filter(peer -> families.test(peer.family()))
                .map(Peer::name)
                .filter(name -> results.of(name, scenario).stream().noneMatch(Run::begun))
                .toList();
    }

    /** Messages of a peer that never came, or came out of order, in all rounds. */
    long wrong(Peer peer) {
        return results.of(peer.name(), scenario).stream().mapToLong(Run::wrong).sum();
    }
}
