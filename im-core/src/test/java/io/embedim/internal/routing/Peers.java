package io.embedim.internal.routing;

import io.embedim.cluster.NodeId;
import io.embedim.connection.Backlog;
import io.embedim.model.ConnectionId;
import io.embedim.protocol.Texts;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** Makes peers that are connected to nothing. */
final class Peers {

    private static final Replies REPLIES = new Replies(Texts.load(Locale.ENGLISH, Map.of()), new RejectionCounters());
    private static final NodeId NODE = new NodeId("n");

    private Peers() {}

    static Peer peer(String id) {
        return peer(new ConnectionId(id));
    }

    static Peer peer(ConnectionId id) {
        Lane lane = new Lane(Runnable::run, () -> 0);
        return new Peer(
                id,
                Instant.EPOCH,
                REPLIES,
                new Mailbox(Runnable::run),
                owner -> new Outbox(new FakeConnection(), lane, RecordingOwner.closing(1000), owner),
                new Peer.Life() {
                    @Override
                    public NodeId node() {
                        return NODE;
                    }

                    @Override
                    public void closing(Peer peer) {}

                    @Override
                    public void ended(Peer peer) {}

                    @Override
                    public void behind(Peer peer, Backlog backlog, boolean begins, boolean ends) {}
                });
    }
}
