/** WebSocket endpoints of any Jakarta container for the core of embedim. */
module io.embedim.jakarta {
    requires transitive io.embedim.core;
    requires static transitive org.jspecify;

    exports io.embedim.jakarta;
}
