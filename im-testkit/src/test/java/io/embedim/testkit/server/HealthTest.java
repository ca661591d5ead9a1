package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.conversation.Broker;
import io.embedim.conversation.InMemoryBroker;
import io.embedim.model.Limits;
import io.embedim.monitor.Health;
import io.embedim.monitor.Health.Component;
import io.embedim.session.InMemorySessionStore;
import io.embedim.session.SessionStore;
import io.embedim.testkit.ManualRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Live and ready (docs/operations.md). */
class HealthTest {

    private static final Component SERVER = new Component("server", true, "takes connections");

    private final ManualRuntime runtime = new ManualRuntime();
    private final Faulty<SessionStore> store = new Faulty<>(SessionStore.class, new InMemorySessionStore(runtime::now));
    private final Faulty<Broker> broker = new Faulty<>(Broker.class, new InMemoryBroker(runtime));
    private final Clients clients = new Clients(
            runtime,
            ImServer.builder()
                    .classicProfile()
                    .limits(Limits.defaults().withBackendTime(Duration.ofSeconds(2)))
                    .sessionStore(store.backend)
                    .broker(broker.backend));

    private Health health() {
        return clients.now(clients.server.health());
    }

    @Test
    void aServerWhoseBackendsAnswerIsLiveAndReady() {
        assertThat(health().live()).isTrue();
        assertThat(health().ready()).isTrue();
        assertThat(health().components())
                .containsExactly(
                        SERVER,
                        new Component("broker", true, "answered in 0 ms"),
                        new Component("sessions", true, "answered in 0 ms"));
    }

    @Test
    void aBrokerThatFailsOrThrowsMakesItNotReadyUntilItIsBack() {
        for (Faulty.Fault fault : new Faulty.Fault[] {Faulty.Fault.FAILS, Faulty.Fault.THROWS}) {
            broker.set(fault, "probe");

            assertThat(health().live()).isTrue();
            assertThat(health().ready()).isFalse();
            assertThat(health().components())
                    .contains(SERVER, new Component("broker", false, "failed with ImException"));

            broker.set(Faulty.Fault.NONE);
            assertThat(health().ready()).isTrue();
        }
    }

    @Test
    void aProbeThatDoesNotComeBackInTimeMakesItNotReady() {
        broker.set(Faulty.Fault.HANGS, "probe");
        CompletionStage<Health> health = clients.server.health();

        runtime.advance(Duration.ofMillis(1999));
        assertThat(health.toCompletableFuture()).isNotDone();
        runtime.advance(Duration.ofMillis(1));

        assertThat(clients.now(health).ready()).isFalse();
        assertThat(clients.now(health).components())
                .contains(new Component("broker", false, "did not answer within 2000 ms"));
    }

    @Test
    void aStoreThatDoesNotAnswerMakesItNotReady() {
        store.set(Faulty.Fault.FAILS, "find");

        assertThat(health().ready()).isFalse();
        assertThat(health().components()).contains(new Component("sessions", false, "failed with ImException"));
    }

    @Test
    void probesThatComeWhileOneIsUnderWayAskNobodyAnother() {
        broker.set(Faulty.Fault.HANGS, "probe");

        CompletionStage<Health> first = clients.server.health();
        CompletionStage<Health> second = clients.server.health();
        assertThat(broker.hanging()).isEqualTo(1);
        broker.letGo();

        assertThat(clients.now(first)).isSameAs(clients.now(second));
        assertThat(clients.now(first).ready()).isTrue();
        clients.server.health();
        assertThat(broker.hanging()).isEqualTo(1);
    }

    @Test
    void aClosedServerIsNeitherLiveNorReady() {
        clients.server.close();

        assertThat(health()).isEqualTo(new Health(false, false, List.of(new Component("server", false, "is closed"))));
    }
}
