/** WebSocket endpoints of any Jakarta container for the core of embedim. */
@SuppressWarnings("requires-automatic") // uap-java has no module name of its own; it is optional.
module io.embedim.jakarta {
    requires transitive io.embedim.core;
    requires static transitive org.jspecify;
    requires org.slf4j;
    // The container brings these; the servlet API is absent where there is only a WebSocket container.
    requires transitive jakarta.websocket;
    requires transitive jakarta.websocket.client;
    requires static transitive jakarta.servlet;
    // For TyrusSends alone.
    requires static org.glassfish.tyrus.spi;
    // For UserAgentBrowser alone.
    requires static uap.java;

    exports io.embedim.jakarta;

    provides jakarta.servlet.ServletContainerInitializer with
            io.embedim.jakarta.ImInitializer;
}
