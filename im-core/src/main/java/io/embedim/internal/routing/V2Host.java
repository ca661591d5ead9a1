package io.embedim.internal.routing;

import io.embedim.conversation.Action;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Receipt;
import io.embedim.interceptor.Verdict;
import io.embedim.internal.codec.ClassicEncoder;
import io.embedim.internal.v2.Host;
import io.embedim.internal.v2.Link;
import io.embedim.internal.v2.Request;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.monitor.Backend;
import io.embedim.protocol.ClientFrame;
import io.embedim.protocol.ErrorCode;
import io.embedim.protocol.ProtocolText;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the dialect {@code im.v2} finds around it. */
final class V2Host implements Host {

    private final EngineConfig config;
    private final Registrar registrar;
    private final Gate gate;
    private final Router router;
    private final Inbounds inbounds;
    private final Undelivered undelivered;
    private final Rates rates;
    private final Counters counters;
    private final Steps steps;

    V2Host(
            EngineConfig config,
            Registrar registrar,
            Gate gate,
            Router router,
            Undelivered undelivered,
            Rates rates,
            Steps steps,
            Counters counters) {
        this.config = config;
        this.registrar = registrar;
        this.gate = gate;
        this.router = router;
        this.inbounds = new Inbounds(config, steps);
        this.undelivered = undelivered;
        this.rates = rates;
        this.counters = counters;
        this.steps = steps;
    }

    private static V2Peer peer(Link link) {
        return ((V2Link) link).peer();
    }

    @Override
    public <T> @Nullable CompletionStage<?> ask(
            Backend backend,
            Supplier<? extends CompletionStage<T>> question,
            Function<? super T, ? extends @Nullable CompletionStage<?>> next,
            Consumer<Throwable> failed) {
        return steps.of(backend).then(question, next, failed);
    }

    @Override
    public @Nullable CompletionStage<?> enter(
            Link link, GroupId group, Supplier<@Nullable CompletionStage<?>> next, Consumer<Throwable> failed) {
        V2Peer peer = peer(link);
        if (peer.isIn(group)) {
            return next.get();
        }
        return registrar.joinThen(
                peer,
                group,
                ClassicEncoder.isNumber(group),
                () -> {
                    config.events().joined(peer.session(), group);
                    return next.get();
                },
                failed);
    }

    @Override
    public @Nullable CompletionStage<?> exit(Link link, GroupId group, Runnable done, Consumer<Throwable> failed) {
        return registrar.leave(peer(link), group, false, done, failed);
    }

    @Override
    public boolean isInTooManyGroups(Link link) {
        return peer(link).groupCount() >= config.limits().groupsPerConnection();
    }

    @Override
    public @Nullable CompletionStage<?> intercept(
            Link link,
            Draft draft,
            Function<Draft, @Nullable CompletionStage<?>> next,
            Function<Verdict.Refuse, @Nullable CompletionStage<?>> refused,
            Consumer<Throwable> failed) {
        return inbounds.isEmpty()
                ? next.apply(draft)
                : inbounds.ask(draft, new Inbounds.Passage(link.actor(), next, refused, failed));
    }

    @Override
    public boolean isAbsent(Draft draft) {
        return draft.action() instanceof Action.Say && undelivered.isAbsent(draft);
    }

    @Override
    public void published(Draft draft, Receipt receipt, boolean absent) {
        counters.published(draft, receipt);
        if (absent) {
            undelivered.published(draft, receipt);
        }
    }

    @Override
    public @Nullable CompletionStage<Void> behind(ConversationId conversation) {
        return router.behind(conversation);
    }

    @Override
    public @Nullable CompletionStage<?> authenticate(Link link, Request.Auth auth) {
        peer(link).proves(auth.id());
        return gate.authenticate(peer(link), new ClientFrame.Auth(auth.ticket()));
    }

    @Override
    public Duration beginPair(UserId user) {
        return Duration.ofNanos(rates.takePair(user, config.runtime().nanoTime()));
    }

    @Override
    public void refused(ErrorCode code, ProtocolText text) {
        counters.rejections.count(code, text);
    }
}
