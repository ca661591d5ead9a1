package io.embedim.internal.routing;

import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.model.Identity;
import io.embedim.model.LogText;
import io.embedim.model.UserId;
import io.embedim.protocol.ClientFrame;
import io.embedim.protocol.ErrorCode;
import io.embedim.protocol.ProtocolText;
import io.embedim.runtime.ImRuntime;
import io.embedim.security.Authentication;
import io.embedim.security.Authenticator;
import io.embedim.security.TicketAuthenticator;
import io.embedim.security.TrustedProxies;
import io.embedim.session.Session;
import io.embedim.session.SessionAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets clients in, or does not, and takes their tickets. All but {@link #authenticate(Handshake)} is for tasks of the connection's mailbox. */
final class Gate {

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final Greeting greeting;
    private final Authenticator authenticator;
    private final TrustedProxies proxies;
    private final List<SessionAttributes> attributes;
    private final Registrar registrar;
    private final Banned banned;
    private final Places places;
    private final Steps steps;
    private final EngineEvents events;
    private final ImRuntime runtime;

    Gate(EngineConfig config, Registrar registrar, Banned banned, Places places, Steps steps) {
        this.greeting = new Greeting(config.limits());
        this.authenticator = config.authenticator();
        this.proxies = config.trustedProxies();
        this.attributes = config.attributes();
        this.events = config.events();
        this.runtime = config.runtime();
        this.registrar = registrar;
        this.banned = banned;
        this.places = places;
        this.steps = steps;
    }

    /** Whether there are {@code auth} frames. */
    boolean takesTickets() {
        return authenticator instanceof TicketAuthenticator;
    }

    /** Who a client is, and whether it may come in: for an adapter that can refuse it before there is a connection. */
    CompletionStage<Authentication> authenticate(Handshake handshake) {
        return identify(handshake)
                .thenCompose(answer -> answer instanceof Authentication.Accepted accepted
                        ? mayComeIn(accepted)
                        : CompletableFuture.completedFuture(answer));
    }

    private CompletionStage<Authentication> mayComeIn(Authentication.Accepted accepted) {
        UserId user = accepted.identity().user();
        if (places.isFull(user)) {
            return CompletableFuture.completedFuture(
                    new Authentication.Refused(429, CloseReason.TOO_MANY_CONNECTIONS.text()));
        }
        CompletionStage<Boolean> answer;
        try {
            answer = banned.isBanned(user);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.handle((isBanned, failure) -> {
            if (failure != null) {
                LOG.warn("event=bans_failed", LogText.trace(Steps.cause(failure)));
                return new Authentication.Refused(503, "nobody says who is banned");
            }
            return isBanned ? new Authentication.Refused(403, CloseReason.BANNED.text()) : accepted;
        });
    }

    /** Who a client is. */
    CompletionStage<Authentication> identify(Handshake handshake) {
        CompletableFuture<Authentication> answer;
        try {
            answer = authenticator.authenticate(handshake).toCompletableFuture();
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return steps.inTime(answer).exceptionally(failure -> {
            LOG.warn(
                    "event=authenticator_failed path={}",
                    LogText.line(handshake.path()),
                    LogText.trace(Steps.cause(failure)));
            return new Authentication.Refused(503, "the authenticator failed");
        });
    }

    @Nullable
    CompletionStage<?> admit(Peer peer, Handshake handshake, Authentication answer) {
        if (answer instanceof Authentication.Refused refused) {
            turnAway(peer, refused.reason());
            return null;
        }
        if (answer instanceof Authentication.Pending) {
            if (takesTickets()) {
                peer.awaitProof(new Peer.Pending(runtime.nanoTime(), handshake));
            } else {
                LOG.error(
                        "event=authenticator_wrong class={} answers Pending and takes no tickets",
                        authenticator.getClass().getName());
                turnAway(peer, "the authenticator takes no tickets");
            }
            return null;
        }
        Identity identity = answer instanceof Authentication.Accepted accepted ? accepted.identity() : null;
        return welcome(peer, handshake, identity, () -> {});
    }

    void turnAway(Peer peer, String reason) {
        LOG.info("event=refused connection={} reason={}", peer.id(), LogText.line(reason));
        peer.endWhenDrained(CloseReason.UNAUTHENTICATED);
    }

    /** Takes a ticket, be it the first or the next. One that is refused ends a connection that has no other; the others stay until theirs ends. */
    @Nullable
    CompletionStage<?> authenticate(Peer peer, ClientFrame.Auth auth) {
        TicketAuthenticator tickets = (TicketAuthenticator) authenticator;
        return steps.then(
                () -> tickets.authenticate(auth.ticket()),
                answer -> answer instanceof Authentication.Accepted accepted
                        ? accept(peer, accepted.identity())
                        : refuse(peer, answer),
                failure -> {
                    LOG.warn("event=authenticator_failed connection={}", peer.id(), LogText.trace(failure));
                    peer.refuse(ErrorCode.UNAVAILABLE, ProtocolText.UNAVAILABLE, auth.json());
                });
    }

    private @Nullable CompletionStage<?> accept(Peer peer, Identity proven) {
        Peer.Pending pending = peer.pending();
        if (pending != null) {
            return welcome(peer, pending.handshake(), proven, () -> confirm(peer, proven));
        }
        Identity before = peer.identity().orElse(null);
        if (before == null || !before.user().equals(proven.user())) {
            LOG.info("event=ticket_of_another_user connection={}", peer.id());
            peer.refuse(ErrorCode.FORBIDDEN, ProtocolText.NOT_YOU, null);
            return null;
        }
        peer.renew(proven);
        confirm(peer, proven);
        return null;
    }

    private static @Nullable CompletionStage<?> refuse(Peer peer, Authentication answer) {
        String reason = answer instanceof Authentication.Refused refused ? refused.reason() : "no decision";
        LOG.info("event=ticket_refused connection={} reason={}", peer.id(), LogText.line(reason));
        peer.refuse(ErrorCode.UNAUTHENTICATED, ProtocolText.TICKET_REFUSED, null);
        if (peer.pending() != null) {
            peer.endWhenDrained(CloseReason.UNAUTHENTICATED);
        }
        return null;
    }

    private void confirm(Peer peer, Identity proven) {
        Instant end = proven.expiresAt();
        Long seconds = end == null
                ? null
                : Math.max(0, Duration.between(runtime.now(), end).toSeconds());
        peer.confirm(proven.user(), seconds);
    }

    private @Nullable CompletionStage<?> welcome(
            Peer peer, Handshake handshake, @Nullable Identity identity, Runnable then) {
        Runnable letIn = () -> {
            peer.admitted();
            LOG.debug("event=connected connection={} user={}", peer.id(), LogText.line(peer.user()));
            events.connected(peer.session(), handshake);
            if (peer instanceof V2Peer v2) {
                greeting.begin(v2, handshake); // Before anything else that it is told.
            }
            then.run();
        };
        if (identity == null) {
            return peer instanceof V2Peer
                    ? welcomeClaimed(peer, handshake, letIn)
                    : welcomeNameless(peer, handshake, letIn);
        }
        return unlessBanned(peer, identity.user(), () -> welcomeProven(peer, handshake, identity, letIn));
    }

    private @Nullable CompletionStage<?> welcomeNameless(Peer peer, Handshake handshake, Runnable letIn) {
        peer.identify(null, attributes(handshake));
        return registrar.save(peer, letIn, failure -> lost(peer, failure));
    }

    /** In {@code im.v2} a connection is one user's for good, be it only claimed. */
    private @Nullable CompletionStage<?> welcomeClaimed(Peer peer, Handshake handshake, Runnable letIn) {
        UserId user = Greeting.claimed(handshake);
        if (user == null) {
            peer.refuse(ErrorCode.UNAUTHENTICATED, ProtocolText.FROM_USER_ID_REQUIRED, null);
            turnAway(peer, "the query has no user_id, or one that is none");
            return null;
        }
        peer.identify(null, attributes(handshake));
        return unlessBanned(
                peer,
                user,
                () -> registrar.bindThen(
                        peer,
                        user,
                        () -> unlessBanned(peer, user, () -> {
                            letIn.run();
                            return null;
                        }),
                        failure -> lost(peer, failure)));
    }

    private @Nullable CompletionStage<?> welcomeProven(
            Peer peer, Handshake handshake, Identity identity, Runnable letIn) {
        UserId user = identity.user();
        if (!places.take(peer, user)) {
            peer.endWhenDrained(CloseReason.TOO_MANY_CONNECTIONS);
            return null;
        }
        peer.identify(identity, attributes(handshake));
        // Once more, now that the index has it: see Banned.
        return registrar.bindThen(
                peer,
                user,
                () -> unlessBanned(peer, user, () -> places.lookElsewhere(peer, user, letIn)),
                failure -> lost(peer, failure));
    }

    private @Nullable CompletionStage<?> unlessBanned(
            Peer peer, UserId user, Supplier<@Nullable CompletionStage<?>> next) {
        return banned.unless(user, next, () -> peer.endWhenDrained(CloseReason.BANNED), failure -> lost(peer, failure));
    }

    /** Its session ends, and with it what it had here. */
    void depart(Peer peer) {
        peer.identity().ifPresent(identity -> places.leave(peer, identity.user()));
    }

    /** A session that no store knows would be a ghost the other way round; the client may come again. */
    private static void lost(Peer peer, Throwable failure) {
        LOG.warn("event=not_let_in connection={}", peer.id(), LogText.trace(failure));
        peer.endWhenDrained(CloseReason.GOING_AWAY);
    }

    private Map<String, String> attributes(Handshake handshake) {
        Map<String, String> known = new HashMap<>();
        proxies.clientAddress(handshake).ifPresent(address -> known.put(Session.CLIENT_IP, address));
        for (SessionAttributes source : attributes) {
            try {
                known.putAll(source.from(handshake));
            } catch (RuntimeException e) {
                LOG.warn("event=attributes_failed source={}", source.getClass().getName(), LogText.trace(e));
            }
        }
        return Map.copyOf(known);
    }
}
