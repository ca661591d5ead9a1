package io.embedim.internal.routing;

import io.embedim.conversation.Broker;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Receipt;
import io.embedim.internal.v2.Dialect;
import io.embedim.internal.v2.Pairs;
import io.embedim.model.LogText;
import io.embedim.model.UserId;
import io.embedim.monitor.Backend;
import io.embedim.protocol.ClientFrame;
import io.embedim.protocol.ErrorCode;
import io.embedim.protocol.ProtocolText;
import io.embedim.protocol.Sender;
import io.embedim.security.AccessPolicy;
import io.embedim.security.Decision;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes what clients say, where they may; what the application says comes by {@link Speaker}. Called by tasks of the connection's mailbox. */
final class Speaks {

    private static final Logger LOG = LoggerFactory.getLogger(Speaks.class);

    private final AccessPolicy policy;
    private final Guard guard;
    private final Inbounds inbounds;
    private final Broker broker;
    private final Router router;
    private final Undelivered undelivered;
    private final @Nullable Pairs pairs;
    private final Counters counters;
    private final Steps steps;

    Speaks(
            EngineConfig config,
            Guard guard,
            Router router,
            Undelivered undelivered,
            @Nullable Dialect dialect,
            Steps steps,
            Counters counters) {
        this.policy = config.policy();
        this.guard = guard;
        this.inbounds = new Inbounds(config, steps);
        this.broker = config.broker();
        this.router = router;
        this.undelivered = undelivered;
        this.pairs = dialect == null ? null : dialect.pairs();
        this.counters = counters;
        this.steps = steps.of(Backend.BROKER);
    }

    @Nullable
    CompletionStage<?> speakPrivate(Peer peer, ClientFrame.SpeakPrivate speak) {
        UserId to = speak.to();
        ConversationId conversation = ConversationId.between(speak.sender().user(), to);
        return speak(
                peer, speak, speak.sender(), draft(peer, conversation, speak.sender(), to, speak.content(), speak));
    }

    @Nullable
    CompletionStage<?> speakGroup(Peer peer, ClientFrame.SpeakGroup speak) {
        ConversationId conversation = ConversationId.of(speak.group());
        return speak(
                peer, speak, speak.sender(), draft(peer, conversation, speak.sender(), null, speak.content(), speak));
    }

    private @Nullable CompletionStage<?> speak(Peer peer, ClientFrame frame, Sender sender, Draft draft) {
        if (!Guard.isAllowedAs(peer, sender)) {
            return Guard.refuse(peer, ProtocolText.NOT_YOU, frame);
        }
        CompletionStage<Decision> answer = maySpeak(new Caller(peer, sender.user()), draft);
        if (Steps.now(answer) == Decision.ALLOW && inbounds.isEmpty()) {
            return publish(peer, frame, draft); // Nearly always, so this way is short.
        }
        return guard.ifAllowed(
                peer, frame, () -> answer, ProtocolText.SPEAK_REFUSED, () -> intercept(peer, frame, sender, draft));
    }

    private @Nullable CompletionStage<?> intercept(Peer peer, ClientFrame frame, Sender sender, Draft draft) {
        return inbounds.ask(
                draft,
                new Inbounds.Passage(
                        new Caller(peer, sender.user()),
                        changed -> publish(peer, frame, changed),
                        refusal -> {
                            peer.send(peer.replies().refusal(refusal.code(), refusal.message(), frame.json()));
                            return null;
                        },
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
        return pairs == null
                ? append(peer, frame, draft)
                : pairs.open(
                        draft.conversation(),
                        draft.verified() ? draft.sender() : null,
                        () -> append(peer, frame, draft),
                        wait -> peer.send(peer.replies().later(ProtocolText.TOO_MANY_PAIRS, wait)),
                        failure -> Guard.unavailable(peer, frame, failure));
    }

    private @Nullable CompletionStage<?> append(Peer peer, ClientFrame frame, Draft draft) {
        boolean absent = undelivered.isAbsent(draft);
        CompletionStage<Receipt> receipt;
        try {
            receipt = broker.publish(draft);
        } catch (RuntimeException e) {
            steps.failed();
            Guard.unavailable(peer, frame, e);
            return null;
        }
        Receipt already = Steps.now(receipt);
        return already != null
                ? published(draft, already, absent)
                : steps.then(
                        () -> receipt,
                        done -> published(draft, done, absent),
                        failure -> Guard.unavailable(peer, frame, failure));
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
}
