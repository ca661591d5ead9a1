package io.embedim.internal.routing;

import io.embedim.connection.Backlog;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Receipt;
import io.embedim.model.GroupId;
import io.embedim.protocol.ClientFrame;
import io.embedim.session.Session;

/** What the application is told. Implementations never throw. */
public interface EngineEvents {

    void connected(Session session, Handshake handshake);

    /** Whether {@link #received} is worth a snapshot of the session. */
    boolean wantsFrames();

    void received(Session session, ClientFrame frame);

    void bound(Session session);

    void joined(Session session, GroupId group);

    void slowConsumer(Session session, Backlog backlog);

    /** Whether {@link #undelivered} is worth asking the store. */
    boolean wantsUndelivered();

    void undelivered(Draft message, Receipt receipt);

    void closed(Session session, CloseReason reason);
}
