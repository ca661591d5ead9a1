package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ChangeReport;
import io.embedim.ImServer;
import io.embedim.ServerMessage;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.ImException;
import io.embedim.model.PageRequest;
import io.embedim.model.Target;
import io.embedim.model.UserId;
import io.embedim.runtime.ThreadRuntime;
import io.embedim.session.InMemoryMemberships;
import io.embedim.session.InMemorySessionStore;
import io.embedim.session.Listing;
import io.embedim.session.Membership;
import io.embedim.session.Session;
import io.embedim.session.SessionStore;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.RecordingConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangeTest {

    private static final UserId ANNE = UserId.of("anne");
    private static final UserId BERT = UserId.of("bert");
    private static final GroupId GROUP = GroupId.of("100");
    private static final ConnectionId NOBODY = new ConnectionId("nobody");

    private final ManualRuntime runtime = new ManualRuntime();
    private final InMemorySessionStore works = new InMemorySessionStore(runtime::now);
    private final Faulty<SessionStore> store = new Faulty<>(SessionStore.class, works);
    private final InMemoryMemberships memberships = new InMemoryMemberships();
    private final Clients clients = new Clients(
            runtime,
            ImServer.builder().classicProfile().sessionStore(store.backend).memberships(memberships));
    private final Clients proven = new Clients(runtime, Clients.authenticated().memberships(memberships));

    @Test
    void boundConnectionHearsWhatIsSentToItsNewUserOnly() {
        Clients.Client client = quiet(clients.open().join("anne"));

        assertThat(clients.now(clients.server.bind(client.id(), BERT))).isTrue();
        assertThat(clients.now(clients.server.bind(client.id(), BERT))).isTrue();
        sendTo(ANNE, "to anne");
        sendTo(BERT, "to bert");

        assertThat(client.connection.frames()).containsExactly("to bert");
        assertThat(session(client).user()).isEqualTo(BERT);
    }

    @Test
    void unbindTakesTheUserThatItNamesAndNoOther() {
        Clients.Client client = quiet(clients.open().join("anne"));

        assertThat(clients.now(clients.server.unbind(client.id(), BERT))).isFalse();
        sendTo(ANNE, "still");
        assertThat(clients.now(clients.server.unbind(client.id(), ANNE))).isTrue();
        assertThat(clients.now(clients.server.unbind(client.id(), ANNE))).isFalse();
        sendTo(ANNE, "no longer");

        assertThat(client.connection.frames()).containsExactly("still");
        assertThat(session(client).user()).isNull();
    }

    @Test
    void whoWasProvenIsBoundToNobodyElse() {
        Clients.Client anne = proven.openAs("anne");

        assertThat(proven.server.bind(anne.id(), BERT).toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(ImException.class)
                .withMessageContaining("was proven to be anne; cannot bind it to bert");
        assertThat(proven.now(proven.server.bind(anne.id(), ANNE))).isTrue();
    }

    @Test
    void joinedConnectionsHearTheGroupAndTheGroupHearsThemLeave() {
        Clients.Client member = quiet(clients.open().joinGroup("m", 100));
        Clients.Client one = quiet(clients.open().join("anne"));
        Clients.Client two = quiet(clients.open().join("anne"));

        assertThat(clients.now(clients.server.join(Target.user(ANNE), GROUP))).isEqualTo(report(2, 0, 0));
        assertThat(clients.now(clients.server.join(Target.user(ANNE), GROUP))).isEqualTo(report(0, 2, 0));
        member.speak("m", 100, "hi");
        assertThat(one.heard()).containsExactly("0 m[群聊说]:hi");
        assertThat(two.heard()).containsExactly("0 m[群聊说]:hi");
        member.heard();

        assertThat(clients.now(clients.server.leave(Target.connection(one.id()), GROUP)))
                .isEqualTo(report(1, 0, 0));
        assertThat(clients.now(clients.server.leave(Target.user(ANNE), GROUP))).isEqualTo(report(1, 1, 0));

        assertThat(member.connection.frames())
                .hasSize(2)
                .first()
                .isEqualTo(
                        "{\"code\":0,\"msg\":\"close\",\"data\":{\"event\":\"leave\",\"group_id\":100,\"client_id\":\""
                                + one.id()
                                + "\",\"content\":\"leaving group\",\"from_user_id\":\"anne\",\"from_username\":\"anne\"}}");
        assertThat(one.heard()).as("who left").isEmpty();
        assertThat(two.heard()).as("was there for the first leave").containsExactly("0 close");
        assertThat(clients.now(clients.server.presence().countSessionsIn(GROUP)))
                .isEqualTo(1);
    }

    @Test
    void whoIsTakenIntoAGroupBeforeItSaidAnythingIsHeardToLeaveUnderItsUser() {
        Clients.Client member = quiet(clients.open().joinGroup("m", 100));
        Clients.Client silent = clients.open();
        clients.now(clients.server.bind(silent.id(), ANNE));
        clients.now(clients.server.join(Target.connection(silent.id()), GROUP));

        silent.close();

        assertThat(member.connection.frames())
                .singleElement()
                .asString()
                .contains("\"from_user_id\":\"anne\",\"from_username\":\"anne\"");
    }

    @Test
    void leaveEndsTheMembershipThatAJoinMadeAndNoDurableOne() {
        Clients.Client anne = proven.openAs("anne");
        Clients.Client again = proven.openAs("anne");
        Clients.Client bert = proven.openAs("bert");
        clients.now(memberships.save(Membership.of(BERT, GROUP, true)));

        assertThat(proven.now(proven.server.join(Target.all(), GROUP))).isEqualTo(report(3, 0, 0));
        assertThat(members()).containsExactly(ANNE, BERT);
        proven.now(proven.server.leave(Target.connection(anne.id()), GROUP));
        assertThat(members()).as("one connection is still in").containsExactly(ANNE, BERT);
        proven.now(proven.server.leave(Target.connection(again.id(), bert.id()), GROUP));

        assertThat(members()).containsExactly(BERT);
    }

    @Test
    void dissolvedGroupTellsEachConnectionOnceAndHasNoMembersLeft() {
        Clients.Client anne = quiet(proven.openAs("anne"));
        Clients.Client bert = quiet(proven.openAs("bert"));
        proven.now(memberships.save(Membership.of(UserId.of("away"), GROUP, true)));
        proven.now(proven.server.join(Target.all(), GROUP));

        assertThat(proven.now(proven.server.dissolve(GROUP))).isEqualTo(report(2, 0, 0));

        String told =
                "{\"code\":0,\"msg\":\"close\",\"data\":{\"event\":\"dissolve\",\"group_id\":100,\"content\":\"group dissolved\"}}";
        assertThat(anne.connection.frames()).containsExactly(told);
        assertThat(bert.connection.frames()).containsExactly(told);
        assertThat(members()).isEmpty();
        assertThat(proven.now(proven.server.presence().countSessionsIn(GROUP))).isZero();
        assertThat(bert.speak("bert", 100, "hi").heard())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("403");
        assertThat(proven.now(proven.server.dissolve(GROUP))).isEqualTo(report(0, 0, 0));
    }

    @Test
    void dissolvingALargeGroupSendsOneFrameToEach() {
        List<Clients.Client> many = IntStream.range(0, 600)
                .mapToObj(i -> quiet(clients.open().joinGroup("u" + i, 100)))
                .toList();

        assertThat(clients.now(clients.server.dissolve(GROUP)).changed()).isEqualTo(600);

        assertThat(many)
                .allSatisfy(client -> assertThat(client.connection.frames()).hasSize(1));
    }

    @Test
    void storeIsAskedForABoundedNumberOfChangesAtATime() {
        IntStream.range(0, 600).forEach(i -> clients.open());
        store.set(Faulty.Fault.HANGS, "put");

        var joined = clients.server.join(Target.all(), GROUP).toCompletableFuture();
        for (int left = 600; left > 0; left -= 256) {
            runtime.runAll();
            assertThat(joined).isNotDone();
            assertThat(store.hanging()).isEqualTo(Math.min(left, 256));
            store.letGo();
        }

        assertThat(clients.now(joined)).isEqualTo(report(600, 0, 0));
    }

    @Test
    void attributesAreMergedOrReplaced() {
        Clients.Client client = clients.open();

        assertThat(clients.now(clients.server.setAttributes(client.id(), Map.of("a", "1", "b", "2"))))
                .isTrue();
        clients.now(clients.server.setAttributes(client.id(), Map.of("b", "", "c", "3")));
        assertThat(session(client).attributes()).isEqualTo(Map.of("a", "1", "c", "3"));
        assertThat(clients.now(clients.server.replaceAttributes(client.id(), Map.of("d", "4", "e", ""))))
                .isTrue();

        assertThat(session(client).attributes()).isEqualTo(Map.of("d", "4"));
    }

    @Test
    void whatTheStoreDoesNotTakeIsTakenBackAndReported() {
        Clients.Client client = quiet(clients.open().join("anne").joinGroup("anne", 100));
        clients.now(clients.server.setAttributes(client.id(), Map.of("a", "1")));
        Target target = Target.connection(client.id());

        store.set(Faulty.Fault.FAILS, "put");
        assertThat(clients.now(clients.server.leave(target, GROUP)).failed()).isEqualTo(1);
        assertThat(clients.now(clients.server.join(target, GroupId.of("7"))).failure())
                .contains("backend is broken");
        assertThat(clients.server.unbind(client.id(), ANNE).toCompletableFuture())
                .isCompletedExceptionally();
        assertThat(clients.server.bind(client.id(), BERT).toCompletableFuture()).isCompletedExceptionally();
        assertThat(clients.server.setAttributes(client.id(), Map.of("a", "2")).toCompletableFuture())
                .isCompletedExceptionally();
        store.set(Faulty.Fault.NONE);

        sendTo(ANNE, "to anne");
        sendTo(BERT, "to bert");
        clients.now(clients.server.send(Target.group(GROUP), ServerMessage.text("to group")));
        clients.now(clients.server.send(Target.group(GroupId.of("7")), ServerMessage.text("to 7")));
        assertThat(client.connection.frames()).containsExactly("to anne", "to group");
        assertThat(clients.now(clients.server.setAttributes(client.id(), Map.of("b", "2"))))
                .isTrue();
        assertThat(session(client))
                .isEqualTo(new Session(
                        client.id(),
                        session(client).node(),
                        ANNE,
                        Set.of(GROUP),
                        Map.of("a", "1", "b", "2"),
                        session(client).openedAt()));
    }

    @Test
    void closesAfterALastMessageOrAtOnce() {
        Clients.Client told = clients.open();
        Clients.Client cut = clients.open();
        cut.connection.complete(RecordingConnection.Completion.MANUAL);
        clients.now(clients.server.send(Target.connection(cut.id()), ServerMessage.text("under way")));
        clients.now(clients.server.send(Target.connection(cut.id()), ServerMessage.text("waits")));

        assertThat(clients.now(clients.server.close(
                        Target.connection(told.id()), CloseReason.KICKED, ServerMessage.text("bye"))))
                .isEqualTo(report(1, 0, 0));
        assertThat(clients.now(clients.server.closeNow(Target.connection(cut.id()), CloseReason.GOING_AWAY)))
                .isEqualTo(report(1, 0, 0));

        assertThat(told.connection.frames()).containsExactly("bye");
        assertThat(told.closeCode()).isEqualTo(4102);
        assertThat(cut.connection.frames()).doesNotContain("waits");
        assertThat(cut.closeCode()).isEqualTo(4001);
    }

    @Test
    void kickCompletesWhenTheStoreHasForgottenTheSessions() {
        Clients.Client one = clients.open().join("anne");
        Clients.Client two = clients.open().join("anne");
        store.set(Faulty.Fault.HANGS, "remove");

        var kicked = clients.server.kick(Target.user(ANNE)).toCompletableFuture();
        runtime.runAll();
        assertThat(one.closeCode()).isEqualTo(4102);
        assertThat(two.closeCode()).isEqualTo(4102);
        assertThat(kicked).as("the store has not answered").isNotDone();
        store.letGo();

        assertThat(clients.now(kicked)).isEqualTo(report(2, 0, 0));
        assertThat(clients.now(clients.server.presence().isOnline(ANNE))).isFalse();
        assertThat(clients.now(clients.server.kick(Target.user(ANNE)))).isEqualTo(report(0, 0, 0));
    }

    @Test
    void whoIsClosedAnswersNoAndNeverFails() {
        Clients.Client gone = clients.open().join("anne");
        gone.close();

        for (ConnectionId id : List.of(gone.id(), NOBODY)) {
            assertThat(clients.now(clients.server.bind(id, ANNE))).isFalse();
            assertThat(clients.now(clients.server.unbind(id, ANNE))).isFalse();
            assertThat(clients.now(clients.server.close(id, CloseReason.KICKED)))
                    .isFalse();
            assertThat(clients.now(clients.server.setAttributes(id, Map.of("a", "1"))))
                    .isFalse();
            assertThat(clients.now(clients.server.replaceAttributes(id, Map.of())))
                    .isFalse();
            assertThat(clients.now(clients.server.join(Target.connection(id), GROUP)))
                    .isEqualTo(report(0, 0, 1));
            assertThat(clients.now(clients.server.leave(Target.connection(id), GROUP)))
                    .isEqualTo(report(0, 0, 1));
        }
    }

    @Test
    void whoHasGoneBeforeItsTurnCountsAsClosed() {
        Clients.Client client = clients.open();
        store.set(Faulty.Fault.HANGS, "put");
        var first = clients.server.setAttributes(client.id(), Map.of("a", "1"));
        var second = clients.server.join(Target.connection(client.id()), GROUP);
        client.inbound.closed(CloseReason.NORMAL, null);
        store.set(Faulty.Fault.NONE);
        store.letGo();

        assertThat(clients.now(first)).isTrue();
        assertThat(clients.now(second)).isEqualTo(report(0, 0, 1));
    }

    @Test
    void changesOfConnectionsThatComeAndGoAreSafe() throws Exception {
        try (ThreadRuntime threads = ThreadRuntime.start()) {
            ImServer server =
                    ImServer.builder().classicProfile().runtime(threads).build();
            List<Thread> churn = IntStream.range(0, 4)
                    .mapToObj(thread -> new Thread(() -> {
                        for (int i = 0; i < 500; i++) {
                            var inbound = server.open(
                                    new RecordingConnection(),
                                    Handshake.at("/im").build());
                            inbound.received(Clients.frame("join", 2, 100, "u" + i, "\"content\":\"c\""), true);
                            if (i % 2 == thread % 2) {
                                inbound.closed(CloseReason.NORMAL, null);
                            }
                        }
                    }))
                    .toList();
            churn.forEach(Thread::start);
            for (int i = 0; i < 200; i++) {
                GroupId other = GroupId.of("" + i % 5);
                server.join(Target.group(GROUP), other);
                server.leave(Target.group(other), GROUP);
                server.send(Target.all(), ServerMessage.text("x"));
                server.dissolve(other);
                server.kick(Target.group(other));
            }
            for (Thread thread : churn) {
                thread.join();
            }
            for (Target target : List.of(Target.group(GROUP), Target.all())) {
                ChangeReport report = server.kick(target).toCompletableFuture().get();
                assertThat(report.failed()).isZero();
            }

            assertThat(server.connections()).isZero();
            assertThat(server.presence().counts().toCompletableFuture().get().sessions())
                    .isZero();
            assertThat(server.presence()
                            .groups()
                            .toList(10)
                            .toCompletableFuture()
                            .get())
                    .isEmpty();
        }
    }

    private List<UserId> members() {
        return clients
                .now(Listing.of((PageRequest page) -> memberships.inGroup(GROUP, page))
                        .toList(100))
                .stream()
                .map(Membership::user)
                .toList();
    }

    private Session session(Clients.Client client) {
        return clients.now(clients.server.presence().session(client.id())).orElseThrow();
    }

    private void sendTo(UserId user, String text) {
        clients.now(clients.server.send(Target.user(user), ServerMessage.text(text)));
    }

    private static ChangeReport report(long changed, long unchanged, long closed) {
        return new ChangeReport(changed, unchanged, closed, 0, null, Set.of());
    }

    private static Clients.Client quiet(Clients.Client client) {
        client.heard();
        return client;
    }
}
