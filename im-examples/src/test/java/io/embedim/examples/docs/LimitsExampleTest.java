package io.embedim.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.cluster.NodeId;
import io.embedim.connection.Backlog;
import io.embedim.model.ConnectionId;
import io.embedim.model.ConnectionLimit;
import io.embedim.model.Heartbeat;
import io.embedim.model.Limits;
import io.embedim.model.Rate;
import io.embedim.protocol.ValidationRules;
import io.embedim.security.SlowConsumerPolicy;
import io.embedim.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LimitsExampleTest {

    @Test
    void limitsAreThoseThatWereSet() {
        // tag::limits[]
        ImServer server = ImServer.builder()
                .trustClaims()
                .limits(Limits.defaults().withFrameBytes(16 * 1024).withIdleTime(Duration.ofMinutes(2)))
                .validationRules(ValidationRules.defaults().withMaxContent(2_000))
                .build();
        // end::limits[]

        assertThat(server.limits().frameBytes()).isEqualTo(16 * 1024);
        assertThat(server.limits().idleTime()).isEqualTo(Duration.ofMinutes(2));
        server.close();
    }

    @Test
    void theApplicationDecidesAboutSlowConsumers() {
        // tag::slow[]
        SlowConsumerPolicy patient = (session, backlog) -> session.attributes().containsKey("mobile")
                ? SlowConsumerPolicy.Answer.KEEP
                : SlowConsumerPolicy.Answer.CLOSE;
        ImServer server =
                ImServer.builder().trustClaims().slowConsumers(patient).build();
        // end::slow[]

        Backlog backlog = new Backlog(2_000_000, Duration.ZERO);
        assertThat(patient.decide(session(Map.of("mobile", "yes")), backlog)).isEqualTo(SlowConsumerPolicy.Answer.KEEP);
        assertThat(patient.decide(session(Map.of()), backlog)).isEqualTo(SlowConsumerPolicy.Answer.CLOSE);
        server.close();
    }

    private static Session session(Map<String, String> attributes) {
        return new Session(new ConnectionId("c"), new NodeId("n"), null, Set.of(), attributes, Instant.EPOCH);
    }

    @Test
    void ratesAreThoseThatWereSet() {
        // tag::rates[]
        Limits limits = Limits.defaults()
                .withConnectionRates(
                        Rate.perSecond(10).withBurst(50),
                        Rate.perSecond(16 * 1024).withBurst(128 * 1024))
                .withUserRates(Rate.perSecond(20).withBurst(100), Rate.UNLIMITED);
        // end::rates[]

        assertThat(limits.framesPerConnection()).isEqualTo(new Rate(10, Duration.ofSeconds(1), 50));
        assertThat(limits.bytesPerConnection().burst()).isEqualTo(128 * 1024);
        assertThat(limits.framesPerUser().amount()).isEqualTo(20);
        assertThat(limits.bytesPerUser().isUnlimited()).isTrue();
    }

    @Test
    void theHeartbeatIsTheOneThatWasSet() {
        // tag::heartbeat[]
        ImServer server = ImServer.builder()
                .trustClaims()
                .heartbeat(Heartbeat.pings(Duration.ofSeconds(25)))
                .build();
        // end::heartbeat[]

        assertThat(server.heartbeat()).contains(new Heartbeat(Duration.ofSeconds(25), null, 2));
        server.close();
    }

    @Test
    void connectionsOfOneUser() {
        // tag::connections[]
        Limits limits = Limits.defaults().withConnectionsPerUser(ConnectionLimit.replacing(5));
        // end::connections[]

        assertThat(limits.connectionsPerUser()).isEqualTo(new ConnectionLimit(5, true));
    }
}
