package io.embedim;

import io.embedim.cluster.ClusterMembership;
import io.embedim.conversation.Broker;
import io.embedim.interceptor.InboundInterceptor;
import io.embedim.interceptor.OutboundInterceptor;
import io.embedim.model.Heartbeat;
import io.embedim.model.Limits;
import io.embedim.protocol.ValidationRules;
import io.embedim.protocol.ValidatorBootstrap;
import io.embedim.runtime.ImRuntime;
import io.embedim.security.AccessPolicy;
import io.embedim.security.Authenticator;
import io.embedim.security.Bans;
import io.embedim.security.SlowConsumerPolicy;
import io.embedim.security.TrustedProxies;
import io.embedim.session.Memberships;
import io.embedim.session.SessionAttributes;
import io.embedim.session.SessionStore;

/**
 * Configures an {@link ImServer}. For one thread; can be used once.
 *
 * <p>The shortest useful servers:
 *
 * <pre>{@code
 * ImServer secure = ImServer.builder().authenticator(Authenticator.containerPrincipal()).build();
 * ImServer asTheOriginal = ImServer.builder().classicProfile().build();
 * }</pre>
 */
public final class ImServerBuilder {

    private final EngineSettings settings = new EngineSettings();

    ImServerBuilder() {}

    /**
     * Clients are who this says. Frames with another {@code from_user_id} are refused with 403.
     *
     * @param authenticator who decides
     * @return this
     */
    public ImServerBuilder authenticator(Authenticator authenticator) {
        settings.identity(authenticator);
        return this;
    }

    /**
     * Clients are who their frames say, as in the original: anybody can speak as anybody. For closed networks, tests and demonstrations.
     *
     * @return this
     */
    public ImServerBuilder trustClaims() {
        settings.trustClaims();
        return this;
    }

    /**
     * What clients may do; without this, {@link io.embedim.security.MembersOnlyPolicy}.
     *
     * @param policy who decides
     * @return this
     */
    public ImServerBuilder accessPolicy(AccessPolicy policy) {
        settings.policy = policy;
        return this;
    }

    /**
     * As the original: {@link #trustClaims()} and {@link AccessPolicy#open()}. What the original's clients rely upon works; so does what its abusers rely upon.
     *
     * @return this
     */
    public ImServerBuilder classicProfile() {
        settings.policy = AccessPolicy.open();
        return trustClaims();
    }

    /**
     * What a valid frame is; without this, the article's rules with the avatar optional.
     *
     * @param rules the rules
     * @return this
     */
    public ImServerBuilder validationRules(ValidationRules rules) {
        settings.rules = rules;
        return this;
    }

    /**
     * Another Jakarta Validation provider, or another set-up of it; without this, Hibernate Validator, with the host's {@code META-INF/validation.xml} ignored.
     *
     * @param bootstrap makes the validator
     * @return this
     */
    public ImServerBuilder validation(ValidatorBootstrap bootstrap) {
        settings.validation = bootstrap;
        return this;
    }

    /**
     * What one client may cost; without this, {@link Limits#defaults()}.
     *
     * @param limits the limits
     * @return this
     */
    public ImServerBuilder limits(Limits limits) {
        settings.limits = limits;
        return this;
    }

    /**
     * What becomes of clients that read more slowly than they are sent to; without this, {@link SlowConsumerPolicy#close()}.
     *
     * @param policy who decides
     * @return this
     */
    public ImServerBuilder slowConsumers(SlowConsumerPolicy policy) {
        settings.slowConsumers = policy;
        return this;
    }

    /**
     * Who is here; without this, in memory.
     *
     * @param store the store; the server neither opens nor closes it
     * @return this
     */
    public ImServerBuilder sessionStore(SessionStore store) {
        settings.sessions = store;
        return this;
    }

    /**
     * Who belongs to which group; without this, in memory.
     *
     * @param memberships the memberships; the server neither opens nor closes them
     * @return this
     */
    public ImServerBuilder memberships(Memberships memberships) {
        settings.memberships = memberships;
        return this;
    }

    /**
     * Which users may not come in; without this, in memory, for one node.
     *
     * @param bans the bans; the server neither opens nor closes them
     * @return this
     */
    public ImServerBuilder bans(Bans bans) {
        settings.bans = bans;
        return this;
    }

    /**
     * What was said and how it travels; without this, in memory, for one node.
     *
     * @param broker the broker; the server attaches to it and closes it at its end
     * @return this
     */
    public ImServerBuilder broker(Broker broker) {
        settings.broker = broker;
        return this;
    }

    /**
     * Which nodes are alive; without this, this one.
     *
     * @param cluster the leases
     * @return this
     */
    public ImServerBuilder cluster(ClusterMembership cluster) {
        settings.cluster = cluster;
        return this;
    }

    /**
     * Time and threads; without this, threads of the server's own, ended by {@link ImServer#close()}.
     *
     * @param runtime the runtime; the server closes it at its end
     * @return this
     */
    public ImServerBuilder runtime(ImRuntime runtime) {
        settings.runtime = runtime;
        return this;
    }

    /**
     * What is kept with each session from its handshake; may be called more than once.
     *
     * @param attributes reads attributes out of a handshake
     * @return this
     */
    public ImServerBuilder attributes(SessionAttributes attributes) {
        settings.attributes.add(attributes);
        return this;
    }

    /**
     * Whose {@code X-Forwarded-For} is believed; without this, nobody's.
     *
     * @param addresses IP addresses or CIDR ranges of proxies, such as {@code 10.0.0.0/8}
     * @return this
     * @throws IllegalArgumentException if one is neither
     */
    public ImServerBuilder trustedProxies(String... addresses) {
        settings.trustedProxies = TrustedProxies.of(addresses);
        return this;
    }

    /**
     * Sends heartbeats to clients; without this, none.
     *
     * @param heartbeat how often, and which
     * @return this
     */
    public ImServerBuilder heartbeat(Heartbeat heartbeat) {
        settings.heartbeat = heartbeat;
        return this;
    }

    /**
     * Who looks at what clients say before it is published, changes or refuses it; may be called more than once, in that order.
     *
     * @param interceptor the interceptor
     * @return this
     */
    public ImServerBuilder inbound(InboundInterceptor interceptor) {
        settings.inbound.add(interceptor);
        return this;
    }

    /**
     * Who changes messages on their way to some of their recipients, or withholds them; may be called more than once, in that order.
     *
     * @param interceptor the interceptor
     * @return this
     */
    public ImServerBuilder outbound(OutboundInterceptor interceptor) {
        settings.outbound.add(interceptor);
        return this;
    }

    /**
     * Who sees what happens; may be called more than once, listeners are told in that order.
     *
     * @param listener the listener
     * @return this
     */
    public ImServerBuilder listener(ImListener listener) {
        settings.listeners.add(listener);
        return this;
    }

    /**
     * Speaks {@code im.v2} with clients that ask for it, beside the classic dialect: acks, one order, history, resume. What is said is then kept, see {@link V2Settings}.
     *
     * @param settings where lists of conversations and watermarks are kept
     * @return this builder
     */
    public ImServerBuilder v2(V2Settings settings) {
        this.settings.v2 = settings;
        return this;
    }

    /**
     * Starts the server.
     *
     * @return a running server
     * @throws IllegalStateException if nobody chose who clients are, or if this builder was used before
     */
    public ImServer build() {
        return settings.start();
    }
}
