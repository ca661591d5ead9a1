package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.conversation.Broker;
import io.embedim.conversation.InMemoryBroker;
import io.embedim.model.GroupId;
import io.embedim.model.PageRequest;
import io.embedim.session.InMemorySessionStore;
import io.embedim.session.Session;
import io.embedim.session.SessionCounts;
import io.embedim.session.SessionStore;
import io.embedim.testkit.ManualRuntime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackendFailureTest {

    private static final String UNAVAILABLE = "503 服务暂时不可用,请稍后重试";
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(6);

    private final ManualRuntime runtime = new ManualRuntime();
    private final SessionStore memory = new InMemorySessionStore(runtime::now);
    private final Faulty<SessionStore> store = new Faulty<>(SessionStore.class, memory);
    private final Faulty<Broker> broker = new Faulty<>(Broker.class, new InMemoryBroker(runtime));
    private final Clients clients = new Clients(
            runtime,
            ImServer.builder().classicProfile().sessionStore(store.backend).broker(broker.backend));

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aJoinThatTheStoreDoesNotTakeIsAnsweredWith503AndTakenBack(Faulty.Fault fault) {
        Clients.Client alice = clients.open().joinGroup("alice", 100);
        Clients.Client bob = clients.open();
        alice.heard();
        store.set(fault, "put");

        bob.joinGroup("bob", 100);
        runtime.advance(LONG_ENOUGH);
        store.set(Faulty.Fault.NONE);
        alice.speak("alice", 100, "who is here?");

        assertThat(bob.heard()).contains(UNAVAILABLE).doesNotContain("0 success", "0 alice[群聊说]:who is here?");
        assertThat(bob.closeCode()).isZero();
        assertThat(bob.joinGroup("bob", 100).heard()).containsExactly("0 success");
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aRebindThatTheStoreDoesNotTakeLeavesTheConnectionWhereItWas(Faulty.Fault fault) {
        Clients.Client client = clients.open().join("alice");
        Clients.Client other = clients.open();
        client.heard();
        store.set(fault, "put");

        client.join("bob");
        runtime.advance(LONG_ENOUGH);
        store.set(Faulty.Fault.NONE);
        other.speakTo("x", "alice", "to alice").speakTo("x", "bob", "to bob");

        assertThat(client.heard()).containsExactly(UNAVAILABLE, "0 x[单聊对]alice[说]:to alice");
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aSubscriptionThatTheBrokerDoesNotMakeIsAnsweredWith503AndTriedAgain(Faulty.Fault fault) {
        Clients.Client client = clients.open();
        broker.set(fault, "subscribe");

        client.joinGroup("a", 100);
        runtime.advance(LONG_ENOUGH);
        broker.set(Faulty.Fault.NONE);
        broker.letGo();
        runtime.runAll();

        assertThat(client.heard()).containsExactly(UNAVAILABLE);
        assertThat(client.joinGroup("a", 100).speak("a", 100, "hi").heard())
                .containsExactly("0 success", "0 a[群聊说]:hi");
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aMessageThatTheBrokerDoesNotTakeIsAnsweredWith503(Faulty.Fault fault) {
        Clients.Client client = clients.open().joinGroup("a", 100);
        client.heard();
        broker.set(fault, "publish");

        client.speak("a", 100, "lost");
        runtime.advance(LONG_ENOUGH);
        broker.set(Faulty.Fault.NONE);

        assertThat(client.heard()).containsExactly(UNAVAILABLE);
        assertThat(client.speak("a", 100, "again").heard()).containsExactly("0 a[群聊说]:again");
    }

    @Test
    void framesWaitForTheBackendInOrderAndOthersDoNotWait() {
        Clients.Client slow = clients.open().joinGroup("slow", 100);
        Clients.Client quick = clients.open();
        slow.heard();
        broker.set(Faulty.Fault.HANGS, "publish");
        slow.speak("slow", 100, "first");
        broker.set(Faulty.Fault.NONE);
        slow.speak("slow", 100, "second");

        assertThat(slow.heard()).isEmpty();
        assertThat(quick.send("{\"event\":\"ping\"}").heard()).hasSize(1);
        broker.letGo();
        runtime.runAll();

        assertThat(slow.heard()).containsExactly("0 slow[群聊说]:first", "0 slow[群聊说]:second");
    }

    @Test
    void anOldPutThatArrivesLateChangesNothing() {
        Clients.Client client = clients.open();
        store.set(Faulty.Fault.HANGS, "put");
        client.joinGroup("a", 100);
        runtime.advance(LONG_ENOUGH);
        store.set(Faulty.Fault.NONE);
        client.joinGroup("a", 200);
        store.letGo();

        assertThat(group("100")).isEmpty();
        assertThat(group("200")).hasSize(1);
    }

    @Test
    void aSessionThatEndsWhileTheStoreHangsIsForgottenWhenItAnswers() {
        Clients.Client client = clients.open().joinGroup("a", 100);
        store.set(Faulty.Fault.HANGS, "remove");

        client.close();
        assertThat(clients.server.connections()).isZero();
        store.letGo();
        runtime.runAll();

        assertThat(memory.counts().toCompletableFuture().join()).isEqualTo(new SessionCounts(0, 0, 0));
    }

    @Test
    void aSessionThatTheStoreDoesNotTakeAtTheBeginningMayComeAgain() {
        store.set(Faulty.Fault.FAILS, "put");

        assertThat(clients.open().closeCode()).isEqualTo(4001);
    }

    private List<Session> group(String id) {
        return memory.inGroup(GroupId.of(id), PageRequest.first(10))
                .toCompletableFuture()
                .join()
                .items();
    }
}
