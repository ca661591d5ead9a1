package io.embedim.testkit.simulation;

import io.embedim.client.ClientStore;
import java.util.List;

/** A fault in somebody else's code: what a wrong server would send, or what a wrong client would make of it. To see that the checker notices. */
interface Distortion {

    /** Nobody is wrong. */
    Distortion NONE = new Distortion() {};

    /** What one connection's server sends instead of a message. */
    default List<String> sent(Object connection, String text) {
        return List.of(text);
    }

    /** What a client takes a message for. */
    default String understood(String text, ClientStore store) {
        return text;
    }

    /** Where a client keeps what it has. */
    default ClientStore store(ClientStore store) {
        return store;
    }
}
