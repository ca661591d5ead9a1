package io.embedim.internal.routing;

import io.embedim.internal.v2.Dialect;
import io.embedim.internal.v2.Dialogue;
import io.embedim.internal.v2.Frames;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.protocol.ErrorCode;
import io.embedim.protocol.ProtocolText;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A connection that speaks {@code im.v2}. */
final class V2Peer extends Peer {

    private final Dialect dialect;
    private volatile @Nullable Dialogue dialogue;
    /** What the client calls the proof that is being looked at. By tasks of the mailbox. */
    private @Nullable String proof;

    private boolean proves;
    private LongSupplier pace = () -> 0;

    V2Peer(
            ConnectionId id,
            Instant openedAt,
            Replies replies,
            Mailbox mailbox,
            Function<Outbox.Owner, Outbox> outbox,
            Life life,
            Dialect dialect) {
        super(id, openedAt, replies, mailbox, outbox, life);
        this.dialect = dialect;
    }

    /** What it hears and says, or null before it is let in. Any thread. */
    @Nullable
    Dialogue dialogue() {
        return dialogue;
    }

    void begin(V2Link link, Dialogue.Names names) {
        dialogue = dialect.begin(link, names);
    }

    /** What says how many nanoseconds one more frame of a text has to wait; 0 for none. Before anything comes. */
    void pacedBy(LongSupplier other) {
        pace = other;
    }

    /** Counts one more frame of a text; answers in how many nanoseconds it would be let through, or 0. */
    long paceOfNext() {
        return pace.getAsLong();
    }

    /** What it is told of a proof from now on answers this frame. For tasks of the mailbox. */
    void proves(@Nullable String id) {
        proof = id;
        proves = true;
    }

    /** It follows nothing any more. For tasks of the mailbox. */
    void end() {
        Dialogue ended = dialogue;
        if (ended != null) {
            dialect.end(ended);
        }
    }

    @Override
    void outOf(GroupId group) {
        Dialogue present = dialogue;
        if (present != null) {
            dialect.outOf(present, group);
        }
    }

    @Override
    void refuse(ErrorCode code, ProtocolText text, @Nullable String request) {
        send(replies().errorV2(code, text, proves ? "auth" : null, proves ? proof : null));
    }

    @Override
    void refuseAsTooFast(long nanos) {
        send(replies().tooFastV2(nanos));
    }

    @Override
    void confirm(UserId proven, @Nullable Long seconds) {
        send(Frames.authenticated(proven, seconds, proof));
    }
}
