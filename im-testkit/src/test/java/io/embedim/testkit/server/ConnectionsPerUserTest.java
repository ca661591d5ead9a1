package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embedim.ImListener;
import io.embedim.ImServer;
import io.embedim.ImServerBuilder;
import io.embedim.cluster.ClusterMembership;
import io.embedim.cluster.NodeId;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.model.ConnectionLimit;
import io.embedim.model.Identity;
import io.embedim.model.Limits;
import io.embedim.model.UserId;
import io.embedim.security.Authentication;
import io.embedim.security.SignedTickets;
import io.embedim.security.TicketKeys;
import io.embedim.session.InMemorySessionStore;
import io.embedim.session.Session;
import io.embedim.session.SessionStore;
import io.embedim.testkit.InMemoryCluster;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.RecordingConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** C-LIMIT 6: how many connections a proven user may have. */
class ConnectionsPerUserTest {

    private static final int THREADS = 32;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualRuntime runtime = new ManualRuntime();
    private final List<String> told = new ArrayList<>();
    private final InMemoryCluster cluster = new InMemoryCluster(runtime, Duration.ofMinutes(1));
    private final Faulty<SessionStore> store = new Faulty<>(SessionStore.class, new InMemorySessionStore(runtime::now));

    private ImServerBuilder builder(ConnectionLimit limit) {
        return Clients.authenticated()
                .limits(Limits.defaults().withConnectionsPerUser(limit))
                .listener(new ImListener() {
                    @Override
                    public void connected(Session session, Handshake handshake) {
                        told.add("connected");
                    }

                    @Override
                    public void closed(Session session, CloseReason reason) {
                        told.add("closed " + reason.code());
                    }
                });
    }

    private Clients with(ConnectionLimit limit) {
        return new Clients(runtime, builder(limit));
    }

    private Clients node(String id, ConnectionLimit limit) {
        return node(cluster.join(new NodeId(id)), limit);
    }

    private Clients node(ClusterMembership member, ConnectionLimit limit) {
        return new Clients(
                runtime,
                builder(limit).sessionStore(store.backend).cluster(member).broker(cluster.broker()));
    }

    @Test
    void oneMoreIsRefusedUntilAnotherHasEnded() {
        Clients clients = with(ConnectionLimit.refusing(2));
        Clients.Client first = clients.openAs("anne");
        Clients.Client second = clients.openAs("anne");

        Clients.Client third = clients.openAs("anne");
        assertThat(List.of(first.closeCode(), second.closeCode(), third.closeCode()))
                .containsExactly(0, 0, 4005);
        assertThat(told).as("nobody is told of who was refused").containsExactly("connected", "connected");

        first.close();
        assertThat(clients.openAs("anne").closeCode()).isZero();
        assertThat(clients.openAs("anne").closeCode()).isEqualTo(4005);
        assertThat(clients.openAs("bert").closeCode()).isZero();
    }

    @Test
    void whoHasEndedMakesRoomAlsoWhileItsLastTaskGoesOn() {
        Clients clients = node("n1", ConnectionLimit.refusing(1));
        Handshake handshake =
                Handshake.at("/im").query(Map.of("user", List.of("anne"))).build();
        Clients.Client first = clients.openAs("anne");
        store.set(Faulty.Fault.HANGS, "put");
        first.joinGroup("anne", 100);
        store.set(Faulty.Fault.NONE);

        first.close();

        assertThat(store.hanging()).isEqualTo(1);
        assertThat(clients.now(clients.server.authenticate(handshake))).isInstanceOf(Authentication.Accepted.class);
        assertThat(clients.openAs("anne").closeCode()).isZero();
    }

    @Test
    void oneMoreTakesThePlaceOfTheOldest() {
        Clients clients = with(ConnectionLimit.replacing(2));
        List<Clients.Client> all = new ArrayList<>();

        for (int i = 0; i < 5; i++) {
            all.add(clients.openAs("anne"));
            runtime.advance(SECOND);
        }

        assertThat(all).extracting(Clients.Client::closeCode).containsExactly(4103, 4103, 4103, 0, 0);
        assertThat(all.get(0).connection.closeReason()).contains(CloseReason.REPLACED);
        assertThat(clients.server.connections()).isEqualTo(2);

        // Who goes by himself makes room.
        all.get(3).close();
        all.add(clients.openAs("anne"));
        assertThat(all.get(4).closeCode()).isZero();
    }

    @Test
    void whoIsReplacedIsFirstWrittenWhatWaits() {
        Clients clients = with(ConnectionLimit.replacing(1));
        Clients.Client first = clients.openAs("anne");
        first.connection.complete(RecordingConnection.Completion.MANUAL);
        first.send("{\"event\":\"ping\"}").send("{\"event\":\"ping\"}");

        clients.openAs("anne");
        assertThat(first.closeCode()).isZero();
        while (first.connection.isWriting()) {
            first.connection.completeWrite();
            runtime.runAll();
        }

        assertThat(first.heard()).hasSize(2);
        assertThat(first.closeCode()).isEqualTo(4103);
    }

    @Test
    void anAdapterCanRefuseWith429BeforeThereIsAConnection() {
        Handshake handshake =
                Handshake.at("/im").query(Map.of("user", List.of("anne"))).build();
        Clients refusing = with(ConnectionLimit.refusing(1));
        assertThat(refusing.now(refusing.server.authenticate(handshake))).isInstanceOf(Authentication.Accepted.class);
        refusing.openAs("anne");
        Clients replacing = with(ConnectionLimit.replacing(1));
        replacing.openAs("anne");

        assertThat(refusing.now(refusing.server.authenticate(handshake)))
                .isInstanceOfSatisfying(
                        Authentication.Refused.class,
                        refused -> assertThat(refused.httpStatus()).isEqualTo(429));
        assertThat(replacing.now(replacing.server.authenticate(handshake))).isInstanceOf(Authentication.Accepted.class);
    }

    @Test
    void whoProvesInAFrameIsCountedThen() {
        SignedTickets tickets =
                SignedTickets.of(TicketKeys.of("k", new byte[32])).withClock(runtime::now);
        Clients clients = new Clients(
                runtime,
                ImServer.builder()
                        .authenticator(tickets.inFirstFrame())
                        .limits(Limits.defaults().withConnectionsPerUser(ConnectionLimit.refusing(1))));
        String auth =
                "{\"event\":\"auth\",\"ticket\":\"" + tickets.issue(UserId.of("anne"), Duration.ofMinutes(5)) + "\"}";

        Clients.Client first = clients.open().send(auth);
        Clients.Client second = clients.open().send(auth);
        first.send(auth);

        assertThat(first.closeCode()).isZero();
        assertThat(second.closeCode()).isEqualTo(4005);
    }

    @Test
    void whoIsOnlyClaimedHasNoLimit() {
        Clients clients = new Clients(
                runtime,
                ImServer.builder()
                        .trustClaims()
                        .limits(Limits.defaults().withConnectionsPerUser(ConnectionLimit.replacing(1))));

        Clients.Client first = clients.open().join("anne");
        Clients.Client second = clients.open().join("anne");

        assertThat(first.closeCode()).isZero();
        assertThat(second.closeCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofManyThatComeAtOnceExactlySoManyStay(boolean replaces) throws Exception {
        for (int round = 0; round < 20; round++) {
            ImServer server = Clients.authenticated()
                    .limits(Limits.defaults().withConnectionsPerUser(new ConnectionLimit(5, replaces)))
                    .build();
            List<RecordingConnection> all = IntStream.range(0, THREADS)
                    .mapToObj(i -> new RecordingConnection())
                    .toList();
            connectAtOnce(server, all);

            await().until(() -> server.connections() == 5
                    && all.stream().filter(one -> one.closeReason().isEmpty()).count() == 5);
            assertThat(all.stream().flatMap(one -> one.closeReason().stream()).map(CloseReason::code))
                    .hasSize(THREADS - 5)
                    .containsOnly(replaces ? 4103 : 4005);
            server.close();
        }
    }

    @Test
    void theLimitHoldsForAllNodesTogether() {
        Clients one = node("n1", ConnectionLimit.refusing(2));
        Clients two = node("n2", ConnectionLimit.refusing(2));
        Clients.Client first = one.openAs("anne");
        Clients.Client second = two.openAs("anne");

        assertThat(one.openAs("anne").closeCode()).isEqualTo(4005);
        assertThat(two.openAs("anne").closeCode()).isEqualTo(4005);
        assertThat(two.openAs("bert").closeCode()).isZero();

        first.close();
        assertThat(two.openAs("anne").closeCode()).isZero();
        assertThat(second.closeCode()).isZero();
    }

    @Test
    void theOldestIsReplacedOnWhateverNodeItIs() {
        Clients one = node("n1", ConnectionLimit.replacing(2));
        Clients two = node("n2", ConnectionLimit.replacing(2));
        List<Clients.Client> all = new ArrayList<>();

        for (Clients node : List.of(one, two, two, one, one)) {
            all.add(node.openAs("anne"));
            runtime.advance(SECOND);
        }

        assertThat(all).extracting(Clients.Client::closeCode).containsExactly(4103, 4103, 4103, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofTwoThatComeAtOnceOnTwoNodesNotBothStay(boolean replaces) {
        Clients one = node("n1", new ConnectionLimit(1, replaces));
        Clients two = node("n2", new ConnectionLimit(1, replaces));

        store.set(Faulty.Fault.HANGS, "ofUser");
        Clients.Client first = one.openAs("anne");
        Clients.Client second = two.openAs("anne");
        store.set(Faulty.Fault.NONE);
        store.letGo();
        runtime.runAll();

        if (replaces) {
            assertThat(List.of(first.closeCode(), second.closeCode())).containsExactlyInAnyOrder(0, 4103);
            assertThat(told).as("nobody is told of who was replaced at once").containsExactly("connected");
        } else {
            // Neither knows which was first; both come again.
            assertThat(List.of(first.closeCode(), second.closeCode())).containsExactly(4005, 4005);
        }
    }

    @Test
    void whatADeadNodeHasLeftBehindDoesNotCount() {
        ClusterMembership alive = cluster.join(new NodeId("n1"));
        Clients one = node(alive, ConnectionLimit.refusing(1));
        node("n2", ConnectionLimit.refusing(1)).openAs("anne");
        assertThat(one.openAs("anne").closeCode()).isEqualTo(4005);

        runtime.advance(Duration.ofSeconds(40));
        one.now(alive.renew());
        runtime.advance(Duration.ofSeconds(40));

        assertThat(one.openAs("anne").closeCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAILS", "HANGS"})
    void withoutAnAnswerOfTheStoreTheNodeCountsForItself(String fault) {
        Clients one = node("n1", ConnectionLimit.refusing(1));
        node("n2", ConnectionLimit.refusing(1)).openAs("anne");

        store.set(Faulty.Fault.valueOf(fault), "ofUser");
        Clients.Client first = one.openAs("anne");
        Clients.Client second = one.openAs("anne");
        runtime.advance(Limits.defaults().backendTime());

        assertThat(first.closeCode()).isZero();
        assertThat(second.closeCode()).isEqualTo(4005);
        assertThat(told).containsExactly("connected", "connected");
    }

    private static void connectAtOnce(ImServer server, List<RecordingConnection> all) throws Exception {
        Authentication anne = new Authentication.Accepted(Identity.of(UserId.of("anne")));
        CyclicBarrier barrier = new CyclicBarrier(all.size());
        ExecutorService threads = Executors.newFixedThreadPool(all.size());
        List<Future<?>> opened = new ArrayList<>();
        for (RecordingConnection one : all) {
            opened.add(threads.submit(() -> {
                barrier.await();
                return server.open(one, Handshake.at("/im").build(), anne);
            }));
        }
        for (Future<?> open : opened) {
            open.get();
        }
        threads.shutdown();
    }
}
