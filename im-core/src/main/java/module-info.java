/** The core of embedim: protocol, validation, sessions, conversations and routing. */
module io.embedim.core {
    requires static org.jspecify;

    exports io.embedim;
}
