/** Contracts for authors of backends and adapters, with fakes for tests. */
module io.embedim.testkit {
    requires transitive io.embedim.core;
    requires static transitive org.jspecify;

    exports io.embedim.testkit;
}
