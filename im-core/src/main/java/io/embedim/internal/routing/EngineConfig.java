package io.embedim.internal.routing;

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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything an engine is made of; nothing in it is optional but the heartbeat. */
public record EngineConfig(
        Authenticator authenticator,
        AccessPolicy policy,
        ValidationRules rules,
        ValidatorBootstrap validation,
        Limits limits,
        SessionStore sessions,
        Memberships memberships,
        Bans bans,
        Broker broker,
        ClusterMembership cluster,
        ImRuntime runtime,
        TrustedProxies trustedProxies,
        SlowConsumerPolicy slowConsumers,
        List<SessionAttributes> attributes,
        List<InboundInterceptor> inbound,
        List<OutboundInterceptor> outbound,
        @Nullable Heartbeat heartbeat,
        @Nullable V2Backends v2,
        EngineEvents events) {}
