package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImListener;
import io.embedim.ImServer;
import io.embedim.ServerMessage;
import io.embedim.connection.CloseReason;
import io.embedim.conversation.Broker;
import io.embedim.conversation.Draft;
import io.embedim.conversation.InMemoryBroker;
import io.embedim.conversation.Receipt;
import io.embedim.model.Limits;
import io.embedim.model.Rate;
import io.embedim.model.Target;
import io.embedim.monitor.Backend;
import io.embedim.monitor.Latencies;
import io.embedim.monitor.Rejection;
import io.embedim.monitor.ServerStats;
import io.embedim.session.InMemorySessionStore;
import io.embedim.session.SessionStore;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.RecordingConnection.Completion;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a server says of itself. */
class StatsTest {

    private final ManualRuntime runtime = new ManualRuntime();

    private Clients with(Limits limits) {
        return new Clients(runtime, ImServer.builder().classicProfile().limits(limits));
    }

    @Test
    void tellsWhatThereIsNow() {
        Clients clients = new Clients(runtime, Clients.authenticated());
        clients.openAs("a").joinGroup("a", 1).joinGroup("a", 2);
        clients.openAs("a").joinGroup("a", 1);
        clients.openAs("b");

        assertThat(clients.server.stats().open()).isEqualTo(new ServerStats.Open(3, 3, 3, 2, 2, 0, 0));
    }

    @Test
    void aConnectionIsBoundByItsJoinAndAuthenticatedByItsProofOnly() {
        Clients clients = with(Limits.defaults());
        clients.open();
        clients.open().join("a");

        assertThat(clients.server.stats().open()).isEqualTo(new ServerStats.Open(2, 0, 1, 1, 0, 0, 0));
    }

    @Test
    void countsFramesAndBytesOfBothDirectionsInUtf8() {
        Clients clients = with(Limits.defaults());
        String ping = "{\"event\":\"ping\",\"content\":\"心跳 😀\"}";

        Clients.Client client = clients.open().send(ping).send(ping);

        ServerStats stats = clients.server.stats();
        int bytes = ping.getBytes(StandardCharsets.UTF_8).length;
        assertThat(stats.received()).isEqualTo(new ServerStats.Traffic(2, 2L * bytes));
        assertThat(stats.sent())
                .isEqualTo(new ServerStats.Traffic(
                        2,
                        client.connection.frames().stream()
                                .mapToInt(frame -> frame.getBytes(StandardCharsets.UTF_8).length)
                                .sum()));
    }

    @Test
    void aMessageToAGroupIsOneMessageAndADeliveryForEachMember() {
        Clients clients = with(Limits.defaults());
        Clients.Client first = clients.open().joinGroup("u0", 7);
        for (int i = 1; i < 5; i++) {
            clients.open().joinGroup("u" + i, 7);
        }
        first.speak("u0", 7, "all");
        clients.open().join("b");
        first.speakTo("u0", "b", "you").speakTo("u0", "nobody", "you");

        ServerStats stats = clients.server.stats();
        assertThat(stats.groupMessages()).isEqualTo(1);
        assertThat(stats.privateMessages()).isEqualTo(2);
        assertThat(stats.deliveries()).isEqualTo(6);
    }

    @Test
    void whatWaitsForClientsIsSummedAndTheLongestNamed() {
        Clients clients = with(Limits.defaults());
        Clients.Client first = clients.open().join("a");
        Clients.Client second = clients.open().join("b");
        first.connection.complete(Completion.MANUAL);
        second.connection.complete(Completion.MANUAL);

        clients.now(clients.server.send(Target.connection(first.id()), ServerMessage.text("{\"a\":1}")));
        clients.now(clients.server.send(Target.connection(second.id()), ServerMessage.text("{\"abc\":1}")));
        ServerStats.Open behind = clients.server.stats().open();
        first.connection.completeWrite();
        second.connection.completeWrite();

        assertThat(behind.queuedBytes()).isEqualTo(7 + 9);
        assertThat(behind.longestQueueBytes()).isEqualTo(9);
        assertThat(clients.server.stats().open().queuedBytes()).isZero();
    }

    @Test
    void everyConnectionThatCameIsOpenOrClosedWithItsCode() {
        Clients clients = with(Limits.defaults());
        clients.open();
        clients.open().close();
        clients.open().send("no json");
        clients.open().inbound.closed(new CloseReason(3999, "of the client's own"), null);
        clients.now(clients.server.kick(Target.connection(clients.open().id())));

        ServerStats stats = clients.server.stats();
        assertThat(stats.opened()).isEqualTo(5);
        assertThat(stats.open().connections()).isEqualTo(1);
        assertThat(stats.closed())
                .containsEntry(1000, 1L)
                .containsEntry(1007, 1L)
                .containsEntry(4102, 1L)
                .containsEntry(ServerStats.OTHER_CODES, 1L)
                .doesNotContainKey(3999);
        assertThat(stats.closed().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(4);
    }

    @Test
    void everyCloseReasonOfTheCoreIsCountedByItself() throws IllegalAccessException {
        ServerStats stats = with(Limits.defaults()).server.stats();

        for (Field field : CloseReason.class.getFields()) {
            if (field.getType() == CloseReason.class) {
                assertThat(stats.closed()).containsKey(((CloseReason) field.get(null)).code());
            }
        }
    }

    @Test
    void rejectionsAreCountedByCodeAndRule() {
        Clients clients = with(Limits.defaults().withGroupsPerConnection(1));
        clients.open().send("no json");
        clients.open().join("");
        clients.open().send("{\"event\":\"dance\"}");
        clients.open().joinGroup("a", 1).joinGroup("a", 2).joinGroup("a", 3);

        assertThat(clients.server.stats().rejections())
                .containsEntry(new Rejection(400, "invalid_json"), 1L)
                .containsEntry(new Rejection(400, "from_user_id.required"), 1L)
                .containsEntry(new Rejection(403, "too_many_groups"), 2L)
                .containsEntry(new Rejection(403, "not_you"), 0L);
        assertThat(clients.server.stats().rejections().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(5);
    }

    @Test
    void framesThatCameTooFastAreCounted() {
        Clients clients =
                with(Limits.defaults().withConnectionRates(Rate.perSecond(2).withBurst(2), Rate.UNLIMITED));
        Clients.Client client = clients.open();

        for (int i = 0; i < 5; i++) {
            client.send("{\"event\":\"ping\"}");
        }

        ServerStats stats = clients.server.stats();
        assertThat(stats.rateRefused()).isEqualTo(3);
        assertThat(stats.rejections()).containsEntry(new Rejection(429, "too_fast"), 3L);
        assertThat(stats.received().frames()).isEqualTo(5);
    }

    @Test
    void whoFallsBehindIsCountedAndIsClosedWith4002() {
        Clients clients = with(Limits.defaults().withOutbound(2000, Duration.ofSeconds(30)));
        Clients.Client slow = clients.open().joinGroup("slow", 1);
        slow.connection.complete(Completion.NEVER);
        Clients.Client quick = clients.open().joinGroup("quick", 1);

        for (int i = 0; i < 20; i++) {
            quick.speak("quick", 1, "x".repeat(100));
        }

        ServerStats stats = clients.server.stats();
        assertThat(stats.slowConsumers()).isEqualTo(1);
        assertThat(stats.closed()).containsEntry(4002, 1L);
    }

    @Test
    void backendsThatFailThrowOrHangAreCountedByName() {
        Faulty<SessionStore> store = new Faulty<>(SessionStore.class, new InMemorySessionStore(runtime::now));
        Faulty<Broker> broker = new Faulty<>(Broker.class, new InMemoryBroker(runtime));
        Clients clients = new Clients(
                runtime,
                ImServer.builder().classicProfile().sessionStore(store.backend).broker(broker.backend));
        Clients.Client client = clients.open();

        for (Faulty.Fault fault : List.of(Faulty.Fault.FAILS, Faulty.Fault.THROWS, Faulty.Fault.HANGS)) {
            broker.set(fault, "publish");
            client.speakTo("a", "b", "x");
            runtime.advance(Duration.ofSeconds(6));
        }

        assertThat(clients.server.stats().backendFailures())
                .containsEntry(Backend.BROKER, 3L)
                .containsEntry(Backend.SESSIONS, 0L)
                .containsOnlyKeys(Backend.values());
        assertThat(clients.server.stats().privateMessages()).isZero();

        store.set(Faulty.Fault.FAILS, "put");
        client.join("a");

        // And the attempt to correct what the store may believe now.
        assertThat(clients.server.stats().backendFailures()).containsEntry(Backend.SESSIONS, 2L);
    }

    @Test
    void messagesThatNobodyHeardAreCounted() {
        Clients clients =
                new Clients(runtime, ImServer.builder().classicProfile().listener(new ImListener() {
                    @Override
                    public void undelivered(Draft message, Receipt receipt) {}
                }));

        clients.open().speakTo("a", "nobody", "x");

        assertThat(clients.server.stats().undelivered()).isEqualTo(1);
    }

    @Test
    void latenciesAreTheTimeOfABackendAndOfAWrite() {
        Faulty<Broker> broker = new Faulty<>(Broker.class, new InMemoryBroker(runtime));
        Clients clients =
                new Clients(runtime, ImServer.builder().classicProfile().broker(broker.backend));
        Clients.Client hearer = clients.open().join("b");
        Clients.Client speaker = clients.open();
        Hearer latencies = new Hearer();
        clients.server.measure(latencies);
        hearer.connection.complete(Completion.MANUAL);
        broker.set(Faulty.Fault.HANGS, "publish");

        speaker.speakTo("a", "b", "x");
        runtime.advance(Duration.ofMillis(30));
        broker.letGo();
        runtime.runAll();
        runtime.advance(Duration.ofMillis(12));
        hearer.connection.completeWrite();

        assertThat(latencies.handled).containsExactly(30_000_000L);
        assertThat(latencies.delivered).containsExactly(12_000_000L);
    }

    @Test
    void oneRecipientOfAMessageIsTimedAndEachInItsTurn() {
        Clients clients = with(Limits.defaults());
        List<Clients.Client> members = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            members.add(clients.open().joinGroup("u" + i, 1));
        }
        Hearer latencies = new Hearer();
        clients.server.measure(latencies);
        members.forEach(member -> member.connection.complete(Completion.MANUAL));

        for (int message = 0; message < 8; message++) {
            members.get(0).speak("u0", 1, "x");
            for (Clients.Client member : members) {
                runtime.advance(Duration.ofMillis(1));
                member.connection.completeWrite();
            }
        }

        assertThat(latencies.delivered).hasSize(8).containsOnly(1_000_000L, 2_000_000L, 3_000_000L, 4_000_000L);
    }

    @Test
    void aFaultInAMetricCostsNoMessage() {
        Clients clients = with(Limits.defaults());
        clients.server.measure(new Latencies() {
            @Override
            public void handled(long nanos) {
                throw new IllegalStateException("a metric's fault");
            }

            @Override
            public void delivered(long nanos) {
                throw new IllegalStateException("a metric's fault");
            }
        });
        Hearer after = new Hearer();
        clients.server.measure(after);
        Clients.Client hearer = clients.open().join("b");
        hearer.heard();

        clients.open().speakTo("a", "b", "one").speakTo("a", "b", "two");

        assertThat(hearer.heard()).containsExactly("0 a[单聊对]b[说]:one", "0 a[单聊对]b[说]:two");
        assertThat(after.delivered).as("what the next one hears").hasSize(2);
    }

    private static final class Hearer implements Latencies {

        final List<Long> handled = new ArrayList<>();
        final List<Long> delivered = new ArrayList<>();

        @Override
        public void handled(long nanos) {
            handled.add(nanos);
        }

        @Override
        public void delivered(long nanos) {
            delivered.add(nanos);
        }
    }
}
