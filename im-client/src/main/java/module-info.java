/** A client of the dialect {@code im.v2}. The entry points are {@link io.embedim.client.ChatClient} and, without sockets, {@link io.embedim.client.ChatSession}. */
module io.embedim.client {
    requires static transitive org.jspecify;
    requires tools.jackson.core;
    // For ChatClient alone; whoever drives a ChatSession needs none.
    requires static jakarta.websocket.client;

    exports io.embedim.client;
}
