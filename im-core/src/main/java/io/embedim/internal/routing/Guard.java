package io.embedim.internal.routing;

import io.embedim.model.Identity;
import io.embedim.model.LogText;
import io.embedim.monitor.Backend;
import io.embedim.protocol.ClientFrame;
import io.embedim.protocol.ErrorCode;
import io.embedim.protocol.ProtocolText;
import io.embedim.protocol.Sender;
import io.embedim.security.Decision;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What stands between a valid frame and what it asks for: whose it is, and what the policy says; and the answers to who may not. */
final class Guard {

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private final Steps steps;

    Guard(Steps steps) {
        this.steps = steps.of(Backend.POLICY);
    }

    /** Goes on where the policy allows it. */
    @Nullable
    CompletionStage<?> ifAllowed(
            Peer peer,
            ClientFrame frame,
            Supplier<CompletionStage<Decision>> question,
            ProtocolText refusal,
            Supplier<@Nullable CompletionStage<?>> then) {
        return steps.then(
                question,
                decision -> decision == Decision.ALLOW ? then.get() : refuse(peer, decision, refusal, frame),
                failure -> unavailable(peer, frame, failure));
    }

    /** Under {@code trustClaims()} anybody may be anybody; else what the authenticator fixed must be what the frame says. */
    static boolean isAllowedAs(Peer peer, Sender sender) {
        if (peer.identity().isEmpty()) {
            return true;
        }
        Identity identity = peer.identity().get();
        String avatar = identity.avatar();
        return identity.user().equals(sender.user())
                && (identity.name() == null || identity.name().equals(sender.name()))
                && (avatar == null || sender.avatar() == null || avatar.equals(sender.avatar()));
    }

    private static @Nullable CompletionStage<?> refuse(
            Peer peer, Decision decision, ProtocolText unsaid, ClientFrame frame) {
        ProtocolText text = decision.reasonOr(unsaid);
        Duration wait = decision.retryAfter();
        if (wait.isZero()) {
            return refuse(peer, text, frame);
        }
        peer.send(peer.replies().later(text, wait));
        return null;
    }

    static @Nullable CompletionStage<?> refuse(Peer peer, ProtocolText text, ClientFrame frame) {
        peer.send(peer.replies().error(ErrorCode.FORBIDDEN, text, frame.json()));
        return null;
    }

    static void unavailable(Peer peer, ClientFrame frame, Throwable failure) {
        LOG.warn(
                "event=backend_failed connection={} frame={} cause={}",
                peer.id(),
                LogText.line(frame),
                LogText.line(failure));
        peer.send(peer.replies().error(ErrorCode.UNAVAILABLE, ProtocolText.UNAVAILABLE, frame.json()));
    }
}
