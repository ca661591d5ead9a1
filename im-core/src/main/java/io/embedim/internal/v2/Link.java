package io.embedim.internal.v2;

import io.embedim.connection.OutboundFrame;
import io.embedim.connection.SendResult;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.protocol.ProtocolText;
import io.embedim.security.Actor;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One connection, as the dialect sees it. Safe for use by any thread, but for what says otherwise. */
public interface Link {

    ConnectionId id();

    /** Whose it is: fixed as long as it lives. */
    UserId user();

    /** Whether its user was proven, and not only claimed. */
    boolean isVerified();

    /** Who asks, for a policy. For tasks of the mailbox. */
    Actor actor();

    /** Puts a frame in. Never blocks. */
    SendResult send(OutboundFrame frame);

    /** Whether so much waits to be written that pages are held back. */
    boolean isBusy();

    /** Runs a task in its turn; false where the session has ended. */
    boolean post(Supplier<@Nullable CompletionStage<?>> task);

    boolean hasEnded();

    /** In the client's language. */
    String say(ProtocolText text);

    /** Whether it is in a group already. For tasks of the mailbox. */
    boolean isIn(GroupId group);
}
