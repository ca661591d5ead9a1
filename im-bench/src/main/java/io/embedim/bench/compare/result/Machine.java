package io.embedim.bench.compare.result;

import java.util.Map;

/**
 * What the results were measured on and with.
 *
 * @param facts by name: date, commit, processor, kernel, JDK and so on
 * @param versions of the libraries, by peer
 * @param settings how much was done, by name
 */
public record Machine(Map<String, String> facts, Map<String, String> versions, Map<String, String> settings) {

    /** Keeps what a file leaves out empty. */
    public Machine {
        facts = facts == null ? Map.of() : facts;
        versions = versions == null ? Map.of() : versions;
        settings = settings == null ? Map.of() : settings;
    }

    /** One that nothing is known of. */
    public static Machine unknown() {
        return new Machine(Map.of(), Map.of(), Map.of());
    }
}
