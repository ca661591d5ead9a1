package io.embedim.internal.routing;

import io.embedim.connection.CloseReason;
import io.embedim.internal.validation.FrameReader;
import io.embedim.model.LogText;
import io.embedim.protocol.ClientFrame;
import io.embedim.protocol.ErrorCode;
import io.embedim.protocol.ProtocolException;
import io.embedim.protocol.ProtocolText;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a frame and sees to it that what it asks for is done, or answered. Called by tasks of the connection's mailbox. */
final class FrameHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FrameHandler.class);

    private final FrameReader reader;
    private final Gate gate;
    private final Joins joins;
    private final Speaks speaks;
    private final @Nullable V2Frames v2;
    private final EngineEvents events;

    FrameHandler(
            FrameReader reader, Gate gate, Joins joins, Speaks speaks, @Nullable V2Frames v2, EngineEvents events) {
        this.reader = reader;
        this.gate = gate;
        this.joins = joins;
        this.speaks = speaks;
        this.v2 = v2;
        this.events = events;
    }

    /** Handles one text; never throws. Answers what the next one has to wait for, or null. */
    @Nullable
    CompletionStage<?> handle(Peer peer, String text) {
        if (v2 != null && peer instanceof V2Peer speaker) {
            return v2.handle(speaker, text);
        }
        try {
            ClientFrame frame = reader.read(text);
            if (frame instanceof ClientFrame.Auth auth) {
                return gate.authenticate(peer, auth);
            }
            if (peer.pending() != null) {
                return beforeProof(peer, frame);
            }
            if (events.wantsFrames()) {
                events.received(peer.session(), frame);
            }
            return peer.hasEnded() ? null : act(peer, frame);
        } catch (ProtocolException e) {
            reject(peer, e.text());
        } catch (RuntimeException e) {
            LOG.error("event=frame_failed connection={}", peer.id(), LogText.trace(e));
            peer.send(peer.replies().error(ErrorCode.INTERNAL, ProtocolText.INTERNAL, null));
        }
        return null;
    }

    private static @Nullable CompletionStage<?> beforeProof(Peer peer, ClientFrame frame) {
        if (frame instanceof ClientFrame.Ping) {
            peer.send(Replies.PONG);
        } else {
            peer.send(peer.replies().error(ErrorCode.UNAUTHENTICATED, ProtocolText.AUTH_REQUIRED, null));
            peer.endWhenDrained(CloseReason.UNAUTHENTICATED);
        }
        return null;
    }

    private @Nullable CompletionStage<?> act(Peer peer, ClientFrame frame) {
        if (frame instanceof ClientFrame.SpeakPrivate speak) {
            return speaks.speakPrivate(peer, speak);
        } else if (frame instanceof ClientFrame.SpeakGroup speak) {
            return speaks.speakGroup(peer, speak);
        } else if (frame instanceof ClientFrame.JoinPrivate join) {
            return joins.joinPrivate(peer, join);
        } else if (frame instanceof ClientFrame.JoinGroup join) {
            return joins.joinGroup(peer, join);
        } else if (frame instanceof ClientFrame.Ping) {
            peer.send(Replies.PONG);
        } else {
            peer.send(peer.replies().error(ErrorCode.BAD_REQUEST, ProtocolText.UNKNOWN_EVENT, frame.json()));
        }
        return null;
    }

    private static void reject(Peer peer, ProtocolText text) {
        boolean notJson = text == ProtocolText.INVALID_JSON || text == ProtocolText.NOT_AN_OBJECT;
        LOG.debug("event=frame_rejected connection={} rule={}", peer.id(), text);
        peer.send(peer.replies().invalid(text));
        peer.endWhenDrained(notJson ? CloseReason.NOT_JSON : CloseReason.INVALID);
    }
}
