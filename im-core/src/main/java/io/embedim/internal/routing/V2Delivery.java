package io.embedim.internal.routing;

import io.embedim.connection.OutboundFrame;
import io.embedim.conversation.Message;
import io.embedim.internal.v2.Dialogue;
import io.embedim.internal.v2.Frames;
import io.embedim.internal.v2.Link;
import io.embedim.internal.v2.Live;
import io.embedim.internal.v2.Lives;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Brings entries to those who are live in their conversations. */
final class V2Delivery implements Lives.Delivery {

    private final Router router;

    V2Delivery(Router router) {
        this.router = router;
    }

    @Override
    public void deliver(Message message, Live[] recipients) {
        Peer[] peers = new Peer[recipients.length];
        int count = 0;
        for (Live recipient : recipients) {
            if (recipient.wants(message)) {
                peers[count++] = ((V2Link) recipient.link()).peer();
            }
        }
        router.deliverV2(message, count == peers.length ? peers : Arrays.copyOf(peers, count));
    }

    @Override
    public OutboundFrame frame(Message message, Live recipient) {
        return Frames.entry(seen(message, recipient.link()));
    }

    @Override
    public Message seen(Message message, Link reader) {
        return router.seenBy(((V2Link) reader).peer(), message);
    }

    /** Those of some connections that speak the dialect and are let in. */
    static List<Dialogue> of(Peer[] peers) {
        List<Dialogue> found = List.of();
        for (Peer peer : peers) {
            Dialogue dialogue = peer instanceof V2Peer v2 ? v2.dialogue() : null;
            if (dialogue != null) {
                found = found.isEmpty() ? new ArrayList<>(2) : found;
                found.add(dialogue);
            }
        }
        return found;
    }
}
