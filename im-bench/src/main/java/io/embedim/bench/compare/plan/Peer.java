package io.embedim.bench.compare.plan;

import java.util.List;

/**
 * One of those that are compared.
 *
 * @param name for the command line and the results
 * @param title for people
 * @param family what it is to us
 * @param launch how it is started
 * @param load how the load client speaks to it
 * @param addresses whether it knows groups and users; if not, all its clients are one group
 * @param library how the files or packages of its library begin, for its version
 */
public record Peer(
        String name, String title, Family family, Launch launch, List<String> load, boolean addresses, String library) {

    /** Copies the arguments. */
    public Peer {
        load = List.copyOf(load);
    }

    /**
     * Whether it can play this at all.
     *
     * @param scenario what is to be played
     */
    public boolean plays(Scenario scenario) {
        return !scenario.kind().alone() && (addresses || !scenario.kind().addresses());
    }
}
