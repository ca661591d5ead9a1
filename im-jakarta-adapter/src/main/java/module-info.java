/** WebSocket endpoints of any Jakarta container for the core of embedim. */
module io.embedim.jakarta {
    requires transitive io.embedim.core;
    requires static transitive org.jspecify;
    requires org.slf4j;
    // The container brings these; the servlet API is absent where there is only a WebSocket container.
    requires transitive jakarta.websocket;
    requires transitive jakarta.websocket.client;
    requires static transitive jakarta.servlet;

    exports io.embedim.jakarta;

    provides jakarta.servlet.ServletContainerInitializer with
            io.embedim.jakarta.ImInitializer;
}
