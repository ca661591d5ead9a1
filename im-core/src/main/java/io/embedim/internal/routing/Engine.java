package io.embedim.internal.routing;

import io.embedim.cluster.NodeId;
import io.embedim.connection.Backlog;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Connection;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Receipt;
import io.embedim.internal.codec.ClassicDecoder;
import io.embedim.internal.v2.Dialect;
import io.embedim.internal.v2.RequestReader;
import io.embedim.internal.v2.V2Config;
import io.embedim.internal.validation.FrameReader;
import io.embedim.internal.validation.RequestValidator;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.Heartbeat;
import io.embedim.model.Limits;
import io.embedim.model.UserId;
import io.embedim.monitor.Backend;
import io.embedim.monitor.Health;
import io.embedim.monitor.Latencies;
import io.embedim.monitor.ServerStats;
import io.embedim.protocol.ProtocolText;
import io.embedim.protocol.Texts;
import io.embedim.runtime.ImRuntime;
import io.embedim.security.Authentication;
import io.embedim.security.Bans;
import io.embedim.session.Memberships;
import io.embedim.session.Session;
import io.embedim.session.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the parts of a server together, and sees connections in and out. */
public final class Engine {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final int LANES = 2;
    private static final String V2 = "im.v2";

    private final EngineConfig config;
    private final ImRuntime runtime;
    private final Counters counters = new Counters();
    private final Steps steps;
    private final LocalIndex index = new LocalIndex();
    private final Registrar registrar;
    private final Banned banned;
    private final Gate gate;
    private final Rates rates;
    private final @Nullable Dialect dialect;
    private final Intake.Inlet inlet;
    private final Reach reach;
    private final Speaker speaker;
    private final List<Lane> lanes;
    private final List<Together> together =
            Stream.generate(Together::new).limit(LANES).toList();
    private final Watchdog watchdog;
    private final SlowConsumers slowConsumers;
    private final Outbox.Bounds outboxes;
    private final Drain drain;
    private final Replies chinese;
    private final Replies english;
    private final Checkup checkup;
    private final LeaseKeeper leases;
    private final Life life = new Life();
    private final AtomicBoolean closed = new AtomicBoolean();

    public Engine(EngineConfig config) {
        this.config = config;
        this.runtime = config.runtime();
        this.steps = new Steps(runtime, config.limits().backendTime(), counters, Backend.AUTHENTICATOR);
        this.registrar = new Registrar(index, config, steps);
        this.lanes = Stream.generate(() -> new Lane(runtime.executor(), runtime::nanoTime))
                .limit(LANES)
                .toList();
        Router router = new Router(
                index,
                lanes,
                config.limits().leavesAnnouncedUpTo(),
                new Outbounds(config.outbound(), counters),
                runtime,
                counters);
        this.rates = new Rates(config.limits());
        Commands commands = new Commands(index, registrar, config);
        this.reach = new Reach(index, commands, new Others(config, steps));
        this.banned = new Banned(config, steps);
        this.gate = new Gate(config, registrar, banned, new Places(config, reach, steps), steps);
        FrameReader reader = new FrameReader(
                new ClassicDecoder(config.limits()),
                new RequestValidator(config.validation(), config.rules()),
                gate.takesTickets());
        Undelivered undelivered = new Undelivered(index, config, steps, counters);
        Guard guard = new Guard(steps);
        this.dialect = dialect(config, router, undelivered);
        FrameHandler handler = new FrameHandler(
                reader,
                gate,
                new Joins(config, guard, banned, registrar),
                new Speaks(config, guard, router, undelivered, dialect, steps, counters),
                dialect == null ? null : new V2Frames(dialect, gate),
                config.events());
        this.inlet = new Intake.Inlet(handler, rates, config.limits(), runtime, counters);
        Map<ProtocolText, Integer> limits = Map.of(
                ProtocolText.CONTENT_MAX, config.rules().maxContent(),
                ProtocolText.TEXT_MAX, config.rules().maxText(),
                ProtocolText.TOO_MANY_GROUPS, config.limits().groupsPerConnection());
        this.chinese = new Replies(Texts.load(Locale.CHINESE, limits), counters.rejections);
        this.english = new Replies(Texts.load(Locale.ENGLISH, limits), counters.rejections);
        this.slowConsumers = new SlowConsumers(config.slowConsumers(), config.events(), runtime, counters);
        this.outboxes = new Outbox.Bounds(config.limits().outboundBytes(), slowConsumers.unasked(), counters);
        this.watchdog = new Watchdog(runtime, config.limits(), lanes, rates, config.heartbeat(), index::all);
        this.drain = new Drain(index, runtime);
        this.speaker = new Speaker(config.broker(), router, undelivered, dialect, steps, counters);
        this.checkup = new Checkup(config, steps);
        router.speaks(dialect);
        registrar.speaks(dialect);
        this.leases = new LeaseKeeper(config, commands, index, registrar, steps);
        config.broker().attach(router);
        config.broker().serve(config.cluster().self(), commands);
        watchdog.start();
        leases.start();
    }

    private @Nullable Dialect dialect(EngineConfig all, Router router, Undelivered undelivered) {
        V2Backends backends = all.v2();
        if (backends == null) {
            return null;
        }
        Heartbeat heartbeat = all.heartbeat();
        V2Config v2 = new V2Config(
                new RequestReader(all.limits(), new RequestValidator(all.validation(), all.rules())),
                backends.broker(),
                backends.directory(),
                backends.watermarks(),
                all.memberships(),
                all.sessions(),
                all.policy(),
                all.rules(),
                all.limits(),
                runtime,
                backends.openHistory(),
                heartbeat == null ? null : heartbeat.interval());
        V2Host host = new V2Host(all, registrar, gate, router, undelivered, rates, steps, counters);
        return new Dialect(v2, host, new V2Delivery(router), user -> V2Delivery.of(index.ofUser(user)));
    }

    /** Whether connections may speak {@code im.v2}. */
    public boolean speaksV2() {
        return dialect != null;
    }

    public CompletionStage<Authentication> authenticate(Handshake handshake) {
        return gate.authenticate(handshake);
    }

    public Inbound open(Connection connection, Handshake handshake) {
        return open(connection, handshake, () -> gate.identify(handshake));
    }

    public Inbound open(Connection connection, Handshake handshake, Authentication authentication) {
        return open(connection, handshake, () -> CompletableFuture.completedFuture(authentication));
    }

    public Reach reach() {
        return reach;
    }

    public CompletionStage<Receipt> publish(Draft draft) {
        return speaker.publish(draft);
    }

    /** Ends all memberships of a group, durable ones too. */
    public CompletionStage<Void> endMemberships(GroupId group) {
        return registrar.endMemberships(group);
    }

    /** A membership is out of the table of members; log and directory follow. */
    public CompletionStage<Void> membershipEnded(UserId user, GroupId group) {
        return registrar.membershipEnded(user, group);
    }

    /** Completes when nobody gets in any more; who is in is not closed by this. */
    public CompletionStage<Void> ban(UserId user, Duration time, String reason) {
        return banned.save(user, time, reason);
    }

    public Bans bans() {
        return config.bans();
    }

    public Instant now() {
        return runtime.now();
    }

    public SessionStore sessions() {
        return config.sessions();
    }

    public Memberships memberships() {
        return config.memberships();
    }

    public Limits limits() {
        return config.limits();
    }

    public Optional<Heartbeat> heartbeat() {
        return Optional.ofNullable(config.heartbeat());
    }

    public int connections() {
        return index.size();
    }

    public ServerStats stats() {
        return counters.read(Census.take(index));
    }

    public boolean isLive() {
        return !closed.get();
    }

    public CompletionStage<Health> health() {
        return closed.get()
                ? CompletableFuture.completedFuture(Checkup.ofOther(false, "is closed"))
                : drain.hasBegun()
                        ? CompletableFuture.completedFuture(Checkup.ofOther(true, "is being drained"))
                        : checkup.ofOpen();
    }

    public void add(Latencies latencies) {
        counters.add(latencies);
    }

    /** Sees all connections out, and lets nobody in any more. */
    public CompletionStage<Drain.Result> drain(Duration within, Duration comeBackWithin) {
        Drain.check(within, comeBackWithin);
        return closed.get()
                ? CompletableFuture.completedFuture(new Drain.Result(0, 0))
                : drain.begin(within, comeBackWithin, registrar::silence);
    }

    /** Nobody is let in any more. */
    public boolean isGoingAway() {
        return closed.get() || drain.hasBegun();
    }

    /** In how many seconds who is refused now should come back; 0 where nobody can say. */
    public int retryAfter() {
        return drain.retryAfter();
    }

    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        watchdog.stop();
        leases.stop();
        registrar.silence();
        drain.cut();
        for (Peer peer : index.all()) {
            peer.endNow(CloseReason.GOING_AWAY);
        }
        config.broker().close();
        runtime.close();
    }

    private Inbound open(
            Connection connection, Handshake handshake, Supplier<CompletionStage<Authentication>> question) {
        ConnectionId id = ConnectionId.random(runtime.random());
        Replies replies = handshake.language().equals(Locale.ENGLISH) ? english : chinese;
        Mailbox mailbox = new Mailbox(runtime.executor());
        boolean v2 = handshake.subprotocol().equals(V2);
        Connection pipe = v2 ? new V2Connection(connection, together.get(laneOf(id))) : connection;
        Function<OutboxOwner, Outbox> outbox = owner -> new Outbox(pipe, lanes.get(laneOf(id)), outboxes, owner);
        Peer peer = v2 && dialect != null
                ? new V2Peer(id, runtime.now(), replies, mailbox, outbox, life, dialect)
                : new Peer(id, runtime.now(), replies, mailbox, outbox, life);
        Intake intake = new Intake(peer, inlet);
        index.add(peer);
        counters.opened.increment();
        if (v2 && dialect == null) {
            LOG.error(
                    "event=dialect_unknown connection={} cause=im.v2 was agreed, and the server was built without it: call v2(…) on its builder",
                    peer.id());
            peer.endWhenDrained(CloseReason.PROTOCOL);
            return intake;
        }
        peer.post(() -> isGoingAway() || peer.hasDeparted()
                ? null
                : steps.then(
                        question,
                        answer -> gate.admit(peer, handshake, answer),
                        failure -> gate.turnAway(peer, "no answer")));
        if (isGoingAway()) {
            CloseReason reason = drain.reason();
            peer.endNow(reason != null ? reason : CloseReason.GOING_AWAY);
        }
        return intake;
    }

    private @Nullable CompletionStage<?> depart(Peer peer) {
        Session last = peer.session();
        peer.depart();
        counters.closed.count(peer.endReason());
        gate.depart(peer);
        if (peer instanceof V2Peer v2) {
            v2.end();
        }
        CompletionStage<?> removed = registrar.remove(peer);
        LOG.debug(
                "event=closed connection={} code={}",
                peer.id(),
                peer.endReason().code());
        if (peer.wasAdmitted()) {
            config.events().closed(last, peer.endReason());
        }
        // Behind the removal, and behind what came meanwhile: who asks when the session has ended is told then.
        peer.post(() -> {
            peer.closeMailbox();
            return null;
        });
        return removed;
    }

    private int laneOf(ConnectionId id) {
        return Math.floorMod(id.hashCode(), lanes.size());
    }

    private final class Life implements Peer.Life {

        @Override
        public NodeId node() {
            return config.cluster().self();
        }

        @Override
        public void closing(Peer peer) {
            watchdog.watchClosing(peer);
        }

        @Override
        public void ended(Peer peer) {
            peer.post(() -> depart(peer));
        }

        @Override
        public void behind(Peer peer, Backlog backlog, boolean begins, boolean ends) {
            slowConsumers.behind(peer, backlog, begins, ends);
        }
    }
}
