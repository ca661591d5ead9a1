package io.embedim.monitor;

import java.util.List;

/**
 * Whether a server can do its work, for the probes of an orchestrator and for people.
 *
 * @param live false where nothing but a new process helps: the server is closed
 * @param ready whether clients should be sent here: every component is up
 * @param components what that rests on, the server itself first
 */
public record Health(boolean live, boolean ready, List<Component> components) {

    /** Takes a copy. */
    public Health {
        components = List.copyOf(components);
    }

    /**
     * One thing that has to work.
     *
     * @param name {@code server}, or a backend's {@linkplain Backend#label() name}
     * @param up whether it does
     * @param text a sentence for people; it has no ids and nothing that clients or backends said
     */
    public record Component(String name, boolean up, String text) {}
}
