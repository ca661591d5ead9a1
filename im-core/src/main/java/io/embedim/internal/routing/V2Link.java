package io.embedim.internal.routing;

import io.embedim.connection.OutboundFrame;
import io.embedim.connection.SendResult;
import io.embedim.internal.v2.Link;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.protocol.ProtocolText;
import io.embedim.security.Actor;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection as the dialect sees it.
 *
 * @param user whose it is, for good
 * @param busyFrom so many bytes that wait hold back the pages of a sync
 */
record V2Link(V2Peer peer, UserId user, int busyFrom) implements Link {

    @Override
    public ConnectionId id() {
        return peer.id();
    }

    @Override
    public boolean isVerified() {
        return peer.identity().isPresent();
    }

    @Override
    public Actor actor() {
        return new Caller(peer, user);
    }

    @Override
    public SendResult send(OutboundFrame frame) {
        return peer.send(frame);
    }

    @Override
    public boolean isBusy() {
        return peer.outbox().bytes() > busyFrom;
    }

    @Override
    public boolean post(Supplier<@Nullable CompletionStage<?>> task) {
        return peer.post(task);
    }

    @Override
    public boolean hasEnded() {
        return peer.hasEnded();
    }

    @Override
    public String say(ProtocolText text) {
        return peer.replies().say(text);
    }

    @Override
    public boolean isIn(GroupId group) {
        return peer.isIn(group);
    }

    @Override
    public String toString() {
        return "V2Link[" + peer.id() + "]";
    }
}
