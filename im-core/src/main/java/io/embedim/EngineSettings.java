package io.embedim;

import io.embedim.cluster.ClusterMembership;
import io.embedim.cluster.NodeId;
import io.embedim.cluster.SingleNode;
import io.embedim.conversation.Broker;
import io.embedim.conversation.Directory;
import io.embedim.conversation.InMemoryBroker;
import io.embedim.conversation.InMemoryDirectory;
import io.embedim.conversation.InMemoryWatermarks;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.LogLimits;
import io.embedim.conversation.Watermarks;
import io.embedim.interceptor.InboundInterceptor;
import io.embedim.interceptor.OutboundInterceptor;
import io.embedim.internal.routing.Engine;
import io.embedim.internal.routing.EngineConfig;
import io.embedim.internal.routing.V2Backends;
import io.embedim.internal.validation.HibernateBootstrap;
import io.embedim.model.ConnectionId;
import io.embedim.model.Heartbeat;
import io.embedim.model.Limits;
import io.embedim.protocol.ValidationRules;
import io.embedim.protocol.ValidatorBootstrap;
import io.embedim.runtime.ImRuntime;
import io.embedim.runtime.ThreadRuntime;
import io.embedim.security.AccessPolicy;
import io.embedim.security.Authentication;
import io.embedim.security.Authenticator;
import io.embedim.security.Bans;
import io.embedim.security.InMemoryBans;
import io.embedim.security.MembersOnlyPolicy;
import io.embedim.security.SlowConsumerPolicy;
import io.embedim.security.TrustedProxies;
import io.embedim.session.InMemoryMemberships;
import io.embedim.session.InMemorySessionStore;
import io.embedim.session.Memberships;
import io.embedim.session.SessionAttributes;
import io.embedim.session.SessionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a builder has collected, and the defaults for what it has not. */
final class EngineSettings {

    private static final Authenticator CLAIMS =
            handshake -> CompletableFuture.completedFuture(new Authentication.Claimed());

    private @Nullable Authenticator identity;
    private boolean used;

    @Nullable
    AccessPolicy policy;

    ValidationRules rules = ValidationRules.defaults();
    ValidatorBootstrap validation = new HibernateBootstrap();
    Limits limits = Limits.defaults();

    @Nullable
    SessionStore sessions;

    @Nullable
    Memberships memberships;

    @Nullable
    Bans bans;

    @Nullable
    Broker broker;

    @Nullable
    ClusterMembership cluster;

    @Nullable
    ImRuntime runtime;

    @Nullable
    Heartbeat heartbeat;

    @Nullable
    V2Settings v2;

    TrustedProxies trustedProxies = TrustedProxies.none();
    SlowConsumerPolicy slowConsumers = SlowConsumerPolicy.close();
    final List<SessionAttributes> attributes = new ArrayList<>();
    final List<InboundInterceptor> inbound = new ArrayList<>();
    final List<OutboundInterceptor> outbound = new ArrayList<>();
    final List<ImListener> listeners = new ArrayList<>();

    void identity(Authenticator authenticator) {
        this.identity = authenticator;
    }

    void trustClaims() {
        this.identity = CLAIMS;
    }

    ImServer start() {
        Authenticator authenticator = identity;
        if (authenticator == null) {
            throw new IllegalStateException("nobody said who clients are: call authenticator(…) so that they prove it,"
                    + " or trustClaims() to believe what their frames say (anybody can then speak as anybody)");
        }
        if (used) {
            throw new IllegalStateException(
                    "this builder has built a server already; take a new one from ImServer.builder()");
        }
        used = true;
        ImRuntime time = runtime != null ? runtime : ThreadRuntime.start();
        Memberships members = memberships != null ? memberships : new InMemoryMemberships();
        Broker kept =
                broker != null ? broker : new InMemoryBroker(time, v2 == null ? LogLimits.NONE : LogLimits.DEFAULT);
        V2Backends backends = v2 == null ? null : backends(v2, kept, time);
        ListenerEvents events = new ListenerEvents(List.copyOf(listeners));
        Engine engine = new Engine(new EngineConfig(
                authenticator,
                policy != null ? policy : new MembersOnlyPolicy(members, time::now),
                rules,
                validation,
                limits,
                sessions != null ? sessions : new InMemorySessionStore(time::now),
                members,
                bans != null ? bans : new InMemoryBans(time::now),
                kept,
                cluster != null
                        ? cluster
                        : new SingleNode(
                                new NodeId(ConnectionId.random(time.random()).value())),
                time,
                trustedProxies,
                slowConsumers,
                List.copyOf(attributes),
                List.copyOf(inbound),
                List.copyOf(outbound),
                heartbeat,
                backends,
                events));
        ImServer server = new ImServer(engine);
        events.started(server);
        return server;
    }

    private static V2Backends backends(V2Settings wanted, Broker broker, ImRuntime time) {
        if (!(broker instanceof LogBroker log)) {
            throw new IllegalStateException("im.v2 needs a broker that keeps what was said, a LogBroker; "
                    + broker.getClass().getName() + " is none");
        }
        Directory directory = wanted.directory();
        Watermarks watermarks = wanted.watermarks();
        return new V2Backends(
                log,
                directory != null ? directory : new InMemoryDirectory(time),
                watermarks != null ? watermarks : new InMemoryWatermarks(),
                wanted.isHistoryOpen());
    }
}
