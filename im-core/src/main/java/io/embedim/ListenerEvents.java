package io.embedim;

import io.embedim.connection.Backlog;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Receipt;
import io.embedim.internal.routing.EngineEvents;
import io.embedim.model.GroupId;
import io.embedim.model.LogText;
import io.embedim.protocol.ClientFrame;
import io.embedim.session.Session;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the application's listeners, and shields the server from them. */
final class ListenerEvents implements EngineEvents {

    private static final Logger LOG = LoggerFactory.getLogger(ImServer.class);

    private final List<ImListener> listeners;

    ListenerEvents(List<ImListener> listeners) {
        this.listeners = listeners;
    }

    void started(ImServer server) {
        tell("started", listener -> listener.started(server));
    }

    @Override
    public void connected(Session session, Handshake handshake) {
        tell("connected", listener -> listener.connected(session, handshake));
    }

    @Override
    public boolean wantsFrames() {
        return !listeners.isEmpty();
    }

    @Override
    public void received(Session session, ClientFrame frame) {
        tell("received", listener -> listener.received(session, frame));
    }

    @Override
    public void bound(Session session) {
        tell("bound", listener -> listener.bound(session));
    }

    @Override
    public void joined(Session session, GroupId group) {
        tell("joined", listener -> listener.joined(session, group));
    }

    @Override
    public void slowConsumer(Session session, Backlog backlog) {
        tell("slowConsumer", listener -> listener.slowConsumer(session, backlog));
    }

    @Override
    public boolean wantsUndelivered() {
        return !listeners.isEmpty();
    }

    @Override
    public void undelivered(Draft message, Receipt receipt) {
        tell("undelivered", listener -> listener.undelivered(message, receipt));
    }

    @Override
    public void closed(Session session, CloseReason reason) {
        tell("closed", listener -> listener.closed(session, reason));
    }

    /** Catches everything, errors too: one listener's fault must not cost a connection, nor the listeners behind it. */
    private void tell(String event, Consumer<ImListener> call) {
        for (ImListener listener : listeners) {
            try {
                call.accept(listener);
            } catch (Throwable fault) {
                LOG.warn(
                        "event=listener_failed callback={} listener={}",
                        event,
                        listener.getClass().getName(),
                        LogText.trace(fault));
            }
        }
    }
}
