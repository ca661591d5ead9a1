package io.embedim.jakarta;

import io.embedim.model.LogText;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pipes of an annotated endpoint, which may be one object for all its sessions: in the properties of each. They cost memory, so a registered endpoint keeps its own. */
final class InProperties {

    private static final Logger LOG = LoggerFactory.getLogger(InProperties.class);
    private static final String PIPE = "io.embedim.jakarta.pipe";
    private static final String CLOSED = "io.embedim.jakarta.closed";

    private InProperties() {}

    static Place of(Session session) {
        return pipe -> {
            session.getUserProperties().put(PIPE, pipe);
            return session.getUserProperties().get(CLOSED) instanceof CloseReason early ? early : null;
        };
    }

    /** The pipe of a session, or null where it has none, or the container does not tell any more. */
    static @Nullable Pipe pipe(Session session) {
        try {
            return (Pipe) session.getUserProperties().get(PIPE);
        } catch (IllegalStateException closed) {
            return null;
        }
    }

    /** The container has closed the session, whoever began it; maybe while it was being opened. */
    static void closed(Session session, CloseReason reason) {
        try {
            session.getUserProperties().put(CLOSED, reason);
        } catch (IllegalStateException e) {
            LOG.debug("event=closed_before session={}", session.getId(), LogText.trace(e));
        }
        Pipe pipe = pipe(session);
        if (pipe != null) {
            pipe.closed(reason);
        }
    }
}
