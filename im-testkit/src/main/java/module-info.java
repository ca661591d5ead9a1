/** Contracts for authors of backends and adapters, with fakes for tests. */
module io.embedim.testkit {
    requires io.embedim.client;
    requires transitive io.embedim.core;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires static org.jspecify;
    requires transitive tools.jackson.databind;

    exports io.embedim.testkit;
    exports io.embedim.testkit.conformance;
    exports io.embedim.testkit.contract;
    exports io.embedim.testkit.simulation;
}
