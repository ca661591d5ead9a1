package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.cluster.NodeId;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.protocol.Sender;
import io.embedim.session.Session;
import io.embedim.session.SharedSessionStore;
import io.embedim.session.SharedSessionStore.Reaped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link SharedSessionStore} must do: tests for its rules S9 and S10, and all that {@link SessionStoreContract} asks for. */
public interface SharedSessionStoreContract extends SessionStoreContract {

    @Override
    SharedSessionStore emptyStore();

    /** S9. */
    @Test
    default void sessionsOfANodeAreThoseWhoseLastStateNamesIt() {
        SharedSessionStore store = emptyStore();
        IntStream.range(0, 20).forEach(i -> put(store, on("n1", "c" + i), 1, null));
        put(store, on("n2", "other"), 1, null);
        put(store, on("n2", "c0"), 2, null);
        Stages.call("remove", () -> store.remove(new ConnectionId("c1"), 2));

        for (int limit : new int[] {1, 7, 18, 100}) {
            assertThat(StoreCalls.ids(limit, page -> store.ofNode(new NodeId("n1"), page)))
                    .as("S9: sessions of a node in pages of %s", limit)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(2, 20).mapToObj(i -> "c" + i).toList());
        }
        assertThat(StoreCalls.ids(10, page -> store.ofNode(new NodeId("unknown"), page)))
                .as("S9: sessions of an unknown node")
                .isEmpty();
    }

    /** S10. */
    @Test
    default void reapedSessionIsGoneAndAnsweredOnce() {
        SharedSessionStore store = emptyStore();
        Session session = on("n1", "c1");
        Sender sender = new Sender(new UserId("u1"), true, "阿克苏", false, "avatar");
        put(store, session, 1, sender);

        assertThat(reap(store, "c1", "n1")).as("S10: what was removed").contains(new Reaped(session, sender));
        assertThat(reap(store, "c1", "n1")).as("S10: a second time").isEmpty();
        StoreCalls calls = new StoreCalls(store);
        assertThat(calls.find("c1")).as("S10: a session that was reaped").isEmpty();
        assertThat(calls.ofUser("u1")).as("S10: its user").isEmpty();
        assertThat(calls.inGroup("g1")).as("S10: its group").isEmpty();
        assertThat(calls.counts().sessions()).as("S10: counts").isZero();
    }

    /** S10. */
    @Test
    default void sessionThatHasGoneToAnotherNodeIsNotReaped() {
        SharedSessionStore store = emptyStore();
        put(store, on("n1", "c1"), 1, null);
        put(store, on("n2", "c1"), 2, null);

        assertThat(reap(store, "c1", "n1")).as("S10: reap of another node's").isEmpty();
        assertThat(new StoreCalls(store).find("c1"))
                .as("S10: the session of the new node")
                .contains(on("n2", "c1"));
    }

    /** S10: not final. */
    @Test
    default void reapedSessionCanBePutAgainByAnotherNode() {
        SharedSessionStore store = emptyStore();
        put(store, on("n1", "c1"), 1, null);
        reap(store, "c1", "n1");

        put(store, on("n2", "c1"), 2, null);

        assertThat(new StoreCalls(store).find("c1"))
                .as("S10: put again under another node")
                .contains(on("n2", "c1"));
    }

    /** S10: of several at once one is told. */
    @Test
    default void oneOfSeveralThatReapIsTold() {
        SharedSessionStore store = emptyStore();
        for (int round = 0; round < 20; round++) {
            String id = "c" + round;
            put(store, on("n1", id), 1, null);

            List<Boolean> told = Stages.together(IntStream.range(0, 4)
                    .<Callable<Boolean>>mapToObj(
                            i -> () -> reap(store, id, "n1").isPresent())
                    .toList());

            assertThat(told.stream().filter(one -> one))
                    .as("S10: who is told, of 4")
                    .hasSize(1);
        }
    }

    private static Session on(String node, String id) {
        return new Session(
                new ConnectionId(id),
                new NodeId(node),
                new UserId("u1"),
                Set.of(new GroupId("g1"), new GroupId("0100")),
                Map.of("client_ip", "::1", "half", "\uD83D"),
                Instant.parse("2026-01-02T03:04:05.678901Z"));
    }

    private static void put(SharedSessionStore store, Session session, long version, @Nullable Sender sender) {
        Stages.call("put of " + session, () -> store.put(session, version, sender));
    }

    private static Optional<Reaped> reap(SharedSessionStore store, String id, String node) {
        return Stages.call("reap of " + id, () -> store.reap(new ConnectionId(id), new NodeId(node)));
    }
}
