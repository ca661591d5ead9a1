package io.embedim.internal.routing;

import io.embedim.connection.CloseReason;
import io.embedim.conversation.Broker;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Receipt;
import io.embedim.internal.validation.FrameReader;
import io.embedim.model.Identity;
import io.embedim.model.LogText;
import io.embedim.model.UserId;
import io.embedim.monitor.Backend;
import io.embedim.protocol.ClientFrame;
import io.embedim.protocol.ErrorCode;
import io.embedim.protocol.ProtocolException;
import io.embedim.protocol.ProtocolText;
import io.embedim.protocol.Sender;
import io.embedim.security.AccessPolicy;
import io.embedim.security.Decision;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what a frame asks for: reads it, checks its sender, asks the policy, acts, answers. Called by tasks of the connection's mailbox. */
final class FrameHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FrameHandler.class);

    private final FrameReader reader;
    private final AccessPolicy policy;
    private final Broker broker;
    private final Gate gate;
    private final Registrar registrar;
    private final Banned banned;
    private final Router router;
    private final Inbounds inbounds;
    private final Undelivered undelivered;
    private final Steps policySteps;
    private final Steps brokerSteps;
    private final EngineEvents events;
    private final Counters counters;
    private final int maxGroups;

    FrameHandler(
            FrameReader reader,
            Gate gate,
            Registrar registrar,
            Banned banned,
            Router router,
            Undelivered undelivered,
            EngineConfig config,
            Steps steps,
            Counters counters) {
        this.reader = reader;
        this.gate = gate;
        this.registrar = registrar;
        this.banned = banned;
        this.router = router;
        this.undelivered = undelivered;
        this.policy = config.policy();
        this.broker = config.broker();
        this.policySteps = steps.of(Backend.POLICY);
        this.brokerSteps = steps.of(Backend.BROKER);
        this.counters = counters;
        this.inbounds = new Inbounds(config, steps);
        this.events = config.events();
        this.maxGroups = config.limits().groupsPerConnection();
    }

    /** Handles one text; never throws. Answers what the next one has to wait for, or null. */
    @Nullable
    CompletionStage<?> handle(Peer peer, String text) {
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
            return speakPrivate(peer, speak);
        } else if (frame instanceof ClientFrame.SpeakGroup speak) {
            return speakGroup(peer, speak);
        } else if (frame instanceof ClientFrame.JoinPrivate join) {
            return joinPrivate(peer, join);
        } else if (frame instanceof ClientFrame.JoinGroup join) {
            return joinGroup(peer, join);
        } else if (frame instanceof ClientFrame.Ping) {
            peer.send(Replies.PONG);
        } else {
            peer.send(peer.replies().error(ErrorCode.BAD_REQUEST, ProtocolText.UNKNOWN_EVENT, frame.json()));
        }
        return null;
    }

    private @Nullable CompletionStage<?> joinPrivate(Peer peer, ClientFrame.JoinPrivate join) {
        Sender sender = join.sender();
        if (!isAllowedAs(peer, sender)) {
            return refuse(peer, ProtocolText.NOT_YOU, join);
        }
        return unlessBanned(peer, join, sender, () -> bind(peer, join, sender));
    }

    private @Nullable CompletionStage<?> bind(Peer peer, ClientFrame.JoinPrivate join, Sender sender) {
        UserId user = sender.user();
        Runnable done = () -> {
            peer.speaksAs(sender);
            peer.send(Replies.success(join.json()));
            events.bound(peer.session());
        };
        if (peer.identity().isPresent()) {
            return registrar.bind(peer, user, done, failure -> unavailable(peer, join, failure));
        }
        // Once more, now that the index has it: see Banned.
        return registrar.bindThen(
                peer,
                user,
                () -> banned.unless(
                        user,
                        () -> {
                            done.run();
                            return null;
                        },
                        () -> peer.endWhenDrained(CloseReason.BANNED),
                        failure -> peer.endWhenDrained(CloseReason.GOING_AWAY)),
                failure -> unavailable(peer, join, failure));
    }

    /** Who has proven who he is was looked up when he came in, and a ban has closed him since; so only claimed names are asked for. */
    private @Nullable CompletionStage<?> unlessBanned(
            Peer peer, ClientFrame frame, Sender sender, Supplier<@Nullable CompletionStage<?>> next) {
        return peer.identity().isPresent()
                ? next.get()
                : banned.unless(
                        sender.user(),
                        next,
                        () -> peer.send(peer.replies().error(ErrorCode.FORBIDDEN, ProtocolText.BANNED, frame.json())),
                        failure -> unavailable(peer, frame, failure));
    }

    private @Nullable CompletionStage<?> joinGroup(Peer peer, ClientFrame.JoinGroup join) {
        Sender sender = join.sender();
        if (!isAllowedAs(peer, sender)) {
            return refuse(peer, ProtocolText.NOT_YOU, join);
        }
        return unlessBanned(peer, join, sender, () -> enter(peer, join, sender));
    }

    private @Nullable CompletionStage<?> enter(Peer peer, ClientFrame.JoinGroup join, Sender sender) {
        return ifAllowed(
                peer,
                join,
                () -> policy.join(new Caller(peer, sender.user()), join.group()),
                ProtocolText.JOIN_REFUSED,
                () -> {
                    if (peer.isIn(join.group())) {
                        peer.speaksAs(sender);
                        peer.send(Replies.success(join.json()));
                        return null;
                    }
                    if (peer.groupCount() >= maxGroups) {
                        return refuse(peer, ProtocolText.TOO_MANY_GROUPS, join);
                    }
                    return registrar.join(
                            peer,
                            join.group(),
                            join.groupIsNumber(),
                            () -> {
                                peer.speaksAs(sender);
                                peer.send(Replies.success(join.json()));
                                events.joined(peer.session(), join.group());
                            },
                            failure -> unavailable(peer, join, failure));
                });
    }

    private @Nullable CompletionStage<?> speakPrivate(Peer peer, ClientFrame.SpeakPrivate speak) {
        UserId to = speak.to();
        ConversationId conversation = ConversationId.between(speak.sender().user(), to);
        return speak(
                peer, speak, speak.sender(), draft(peer, conversation, speak.sender(), to, speak.content(), speak));
    }

    private @Nullable CompletionStage<?> speakGroup(Peer peer, ClientFrame.SpeakGroup speak) {
        ConversationId conversation = ConversationId.of(speak.group());
        return speak(
                peer, speak, speak.sender(), draft(peer, conversation, speak.sender(), null, speak.content(), speak));
    }

    private @Nullable CompletionStage<?> speak(Peer peer, ClientFrame frame, Sender sender, Draft draft) {
        if (!isAllowedAs(peer, sender)) {
            return refuse(peer, ProtocolText.NOT_YOU, frame);
        }
        CompletionStage<Decision> answer = maySpeak(new Caller(peer, sender.user()), draft);
        if (Steps.now(answer) == Decision.ALLOW && inbounds.isEmpty()) {
            return publish(peer, frame, draft); // Nearly always, so this way is short.
        }
        return ifAllowed(
                peer, frame, () -> answer, ProtocolText.SPEAK_REFUSED, () -> intercept(peer, frame, sender, draft));
    }

    private @Nullable CompletionStage<?> intercept(Peer peer, ClientFrame frame, Sender sender, Draft draft) {
        return inbounds.ask(
                draft,
                new Inbounds.Passage(
                        new Caller(peer, sender.user()),
                        changed -> publish(peer, frame, changed),
                        refusal -> peer.send(peer.replies().refusal(refusal.code(), refusal.message(), frame.json())),
                        failure -> notIntercepted(peer, frame, failure)));
    }

    private static void notIntercepted(Peer peer, ClientFrame frame, Throwable failure) {
        LOG.error(
                "event=interceptor_failed connection={} frame={}",
                peer.id(),
                LogText.line(frame),
                LogText.trace(failure));
        peer.send(peer.replies().error(ErrorCode.UNAVAILABLE, ProtocolText.UNAVAILABLE, frame.json()));
    }

    private CompletionStage<Decision> maySpeak(Caller caller, Draft draft) {
        try {
            return draft.conversation() instanceof ConversationId.Group group
                    ? policy.speak(caller, group.group())
                    : policy.speak(caller, Objects.requireNonNull(draft.recipient()));
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private @Nullable CompletionStage<?> publish(Peer peer, ClientFrame frame, Draft draft) {
        boolean absent = undelivered.isAbsent(draft);
        CompletionStage<Receipt> receipt;
        try {
            receipt = broker.publish(draft);
        } catch (RuntimeException e) {
            brokerSteps.failed();
            unavailable(peer, frame, e);
            return null;
        }
        Receipt already = Steps.now(receipt);
        return already != null
                ? published(draft, already, absent)
                : brokerSteps.then(
                        () -> receipt,
                        done -> published(draft, done, absent),
                        failure -> unavailable(peer, frame, failure));
    }

    private @Nullable CompletionStage<?> published(Draft draft, Receipt receipt, boolean absent) {
        counters.published(draft, receipt);
        if (absent) {
            undelivered.published(draft, receipt);
        }
        return router.behind(draft.conversation());
    }

    private static Draft draft(
            Peer peer,
            ConversationId conversation,
            Sender sender,
            @Nullable UserId to,
            String content,
            ClientFrame frame) {
        boolean verified = peer.identity().isPresent();
        return new Draft(conversation, peer.id(), sender.user(), sender.name(), verified, to, content, frame.json());
    }

    private @Nullable CompletionStage<?> ifAllowed(
            Peer peer,
            ClientFrame frame,
            Supplier<CompletionStage<Decision>> question,
            ProtocolText refusal,
            Supplier<@Nullable CompletionStage<?>> then) {
        return policySteps.then(
                question,
                decision -> decision == Decision.ALLOW ? then.get() : refuse(peer, decision, refusal, frame),
                failure -> unavailable(peer, frame, failure));
    }

    /** Under {@code trustClaims()} anybody may be anybody; else what the authenticator fixed must be what the frame says. */
    private static boolean isAllowedAs(Peer peer, Sender sender) {
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

    private static @Nullable CompletionStage<?> refuse(Peer peer, ProtocolText text, ClientFrame frame) {
        peer.send(peer.replies().error(ErrorCode.FORBIDDEN, text, frame.json()));
        return null;
    }

    private static void unavailable(Peer peer, ClientFrame frame, Throwable failure) {
        LOG.warn(
                "event=backend_failed connection={} frame={} cause={}",
                peer.id(),
                LogText.line(frame),
                LogText.line(failure));
        peer.send(peer.replies().error(ErrorCode.UNAVAILABLE, ProtocolText.UNAVAILABLE, frame.json()));
    }

    private static void reject(Peer peer, ProtocolText text) {
        boolean notJson = text == ProtocolText.INVALID_JSON || text == ProtocolText.NOT_AN_OBJECT;
        LOG.debug("event=frame_rejected connection={} rule={}", peer.id(), text);
        peer.send(peer.replies().invalid(text));
        peer.endWhenDrained(notJson ? CloseReason.NOT_JSON : CloseReason.INVALID);
    }
}
