package io.embedim;

import io.embedim.connection.Backlog;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Receipt;
import io.embedim.model.GroupId;
import io.embedim.protocol.ClientFrame;
import io.embedim.session.Session;

/**
 * Sees what happens on this node: the original's callbacks, and a few more. Override what is of interest.
 *
 * <p><b>Threads.</b> Any; calls for one connection come one at a time, in order, {@link #connected} first and {@link #closed} last. They hold up this connection's next
 * frame, so they should be quick and must not block; they may send, close and change sessions. <b>Failure.</b> What a listener throws is logged and breaks nothing.
 */
public interface ImListener {

    /**
     * The server has started.
     *
     * @param server the server
     */
    default void started(ImServer server) {}

    /**
     * A client was let in.
     *
     * @param session its session, with the attributes that are known already
     * @param handshake what it said
     */
    default void connected(Session session, Handshake handshake) {}

    /**
     * A valid frame has come, and nothing has been done about it yet.
     *
     * @param session the sender's session before the frame
     * @param frame the frame
     */
    default void received(Session session, ClientFrame frame) {}

    /**
     * A connection was bound to a user.
     *
     * @param session its session now
     */
    default void bound(Session session) {}

    /**
     * A connection has joined a group.
     *
     * @param session its session now
     * @param group the group
     */
    default void joined(Session session, GroupId group) {}

    /**
     * A client does not read as fast as it is sent to: it has met {@code Limits.outboundBytes} or {@code Limits.writeTime}. Told once, and again after it had caught up; what becomes of it
     * is up to the {@link io.embedim.security.SlowConsumerPolicy}. The end of one that is closed for it comes afterwards, with 4002.
     *
     * @param session its session now
     * @param backlog what waited for it then
     */
    default void slowConsumer(Session session, Backlog backlog) {}

    /**
     * A private message was accepted, from a client here or by {@link ImServer#publish}, and its recipient had no connection on any node: time for a push. Called on the sender's
     * node, once at the most for each message, some time after it was accepted and in no order with other calls; not at all where the session store does not answer.
     *
     * @param message what was said, to whom and by whom
     * @param receipt where it stands in its conversation
     */
    default void undelivered(Draft message, Receipt receipt) {}

    /**
     * A connection is gone, and its groups have been told.
     *
     * @param session its last state
     * @param reason why; the server's own reason where the server closed it
     */
    default void closed(Session session, CloseReason reason) {}
}
