package io.embedim.internal.routing;

import io.embedim.connection.CloseReason;
import io.embedim.internal.v2.Dialect;
import io.embedim.internal.v2.Dialogue;
import io.embedim.internal.v2.Fault;
import io.embedim.internal.v2.Frames;
import io.embedim.internal.v2.Item;
import io.embedim.internal.v2.Request;
import io.embedim.model.LogText;
import io.embedim.protocol.ClientFrame;
import io.embedim.protocol.ErrorCode;
import io.embedim.protocol.ProtocolException;
import io.embedim.protocol.ProtocolText;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads texts of {@code im.v2} clients, and sees to it that each thing in them is done or answered, one after the other. Called by tasks of the connection's mailbox. */
final class V2Frames {

    private static final Logger LOG = LoggerFactory.getLogger(V2Frames.class);

    private final Dialect dialect;
    private final Gate gate;

    V2Frames(Dialect dialect, Gate gate) {
        this.dialect = dialect;
        this.gate = gate;
    }

    /** Handles one text; never throws. Answers what the next one has to wait for, or null. */
    @Nullable
    CompletionStage<?> handle(V2Peer peer, String received) {
        try {
            return handle(peer, dialect.read(received), 0);
        } catch (ProtocolException e) {
            ProtocolText text = e.text();
            LOG.debug("event=frame_rejected connection={} rule={}", peer.id(), text);
            refuse(peer, ErrorCode.BAD_REQUEST, text, null, null);
            peer.endWhenDrained(CloseReason.NOT_JSON);
        } catch (RuntimeException e) {
            failed(peer, e);
        }
        return null;
    }

    private @Nullable CompletionStage<?> handle(V2Peer peer, List<Item> items, int from) {
        for (int i = from; i < items.size() && !peer.hasEnded(); i++) {
            // The first one was counted when the text came.
            long wait = i == 0 ? 0 : peer.paceOfNext();
            if (wait > 0) {
                peer.refuseAsTooFast(wait);
                continue;
            }
            CompletionStage<?> stage = one(peer, items.get(i));
            if (stage != null && !stage.toCompletableFuture().isDone()) {
                int next = i + 1;
                return next == items.size() ? stage : stage.thenCompose(done -> go(handle(peer, items, next)));
            }
        }
        return null;
    }

    private static CompletionStage<?> go(@Nullable CompletionStage<?> stage) {
        return stage != null ? stage : CompletableFuture.completedFuture(null);
    }

    private @Nullable CompletionStage<?> one(V2Peer peer, Item item) {
        try {
            Dialogue dialogue = peer.dialogue();
            if (dialogue == null) {
                return beforeProof(peer, item);
            } else if (item instanceof Fault fault) {
                dialect.fault(dialogue.link(), fault);
                return null;
            }
            return dialect.act(dialogue, (Request) item);
        } catch (RuntimeException e) {
            failed(peer, e);
            return null;
        }
    }

    private @Nullable CompletionStage<?> beforeProof(V2Peer peer, Item item) {
        if (item instanceof Request.Auth auth && gate.takesTickets()) {
            peer.proves(auth.id());
            return gate.authenticate(peer, new ClientFrame.Auth(auth.ticket()));
        } else if (item instanceof Request.Ping ping) {
            peer.send(Frames.pong(ping.id()));
        } else {
            refuse(peer, ErrorCode.UNAUTHENTICATED, ProtocolText.AUTH_REQUIRED, null, null);
            peer.endWhenDrained(CloseReason.UNAUTHENTICATED);
        }
        return null;
    }

    private static void failed(V2Peer peer, RuntimeException failure) {
        LOG.error("event=frame_failed connection={}", peer.id(), LogText.trace(failure));
        refuse(peer, ErrorCode.INTERNAL, ProtocolText.INTERNAL, null, null);
    }

    private static void refuse(
            V2Peer peer, ErrorCode code, ProtocolText text, @Nullable String event, @Nullable String id) {
        peer.send(peer.replies().errorV2(code, text, event, id));
    }
}
