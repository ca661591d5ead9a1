package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.StoreCalls.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.cluster.NodeId;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.session.Session;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The part of {@link SessionStoreContract} about single sessions: S1 to S5. */
public interface SessionChanges extends SessionStoreFactory {

    /** S1. */
    @Test
    default void sessionThatWasPutIsFoundByIdUserAndEachGroup() {
        StoreCalls store = new StoreCalls(emptyStore());

        store.put(session("c1", "u1", "g1", "g2"), 1);

        assertThat(store.find("c1")).as("S1: find by id").contains(session("c1", "u1", "g1", "g2"));
        assertThat(store.ofUser("u1")).as("S1: sessions of its user").containsExactly("c1");
        assertThat(store.inGroup("g1")).as("S1: sessions in its first group").containsExactly("c1");
        assertThat(store.inGroup("g2")).as("S1: sessions in its second group").containsExactly("c1");
        assertThat(store.all()).as("S1: all sessions").containsExactly("c1");
    }

    /** S1: with all that belongs to it, whatever the texts. */
    @Test
    default void sessionIsFoundAsItWasPut() {
        StoreCalls store = new StoreCalls(emptyStore());
        Session whole = new Session(
                new ConnectionId("c 1:*{}\\"),
                new NodeId("node:1"),
                new UserId("阿克苏 😀\n\"'%_"),
                Set.of(new GroupId("0100"), new GroupId("100"), new GroupId("g:1 {x}")),
                Map.of(Session.CLIENT_IP, "::1", Session.BROWSER, "未知", "empty", "", "quoted", "\"\\\u0001"),
                Instant.parse("2026-07-08T09:10:11.123Z"));

        store.put(whole, 1);

        assertThat(store.find("c 1:*{}\\")).as("S1: the session as it was put").contains(whole);
        assertThat(store.ofUser("阿克苏 😀\n\"'%_")).as("S1: sessions of its user").containsExactly("c 1:*{}\\");
        assertThat(store.inGroup("0100")).as("S1: \"0100\" is a group").hasSize(1);
    }

    /** S1: what was never put is not found. */
    @Test
    default void emptyStoreFindsNothing() {
        StoreCalls store = new StoreCalls(emptyStore());

        assertThat(store.find("c1")).as("S1: find in an empty store").isEmpty();
        assertThat(store.ofUser("u1")).as("S1: sessions of an unknown user").isEmpty();
        assertThat(store.inGroup("g1")).as("S1: sessions in an unknown group").isEmpty();
        assertThat(store.all()).as("S1: all sessions of an empty store").isEmpty();
    }

    /** S2: bound to another user. */
    @Test
    default void reboundSessionIsFoundByItsNewUserOnly() {
        StoreCalls store = new StoreCalls(emptyStore());
        store.put(session("c1", "old"), 1);

        store.put(session("c1", "new"), 2);

        assertThat(store.ofUser("new")).as("S2: sessions of the new user").containsExactly("c1");
        assertThat(store.ofUser("old"))
                .as("S2: sessions of the user it is no longer bound to")
                .isEmpty();
    }

    /** S2: unbound. */
    @Test
    default void unboundSessionIsFoundByNoUser() {
        StoreCalls store = new StoreCalls(emptyStore());
        store.put(session("c1", "u1"), 1);

        store.put(session("c1", null), 2);

        assertThat(store.ofUser("u1"))
                .as("S2: sessions of the user it was unbound from")
                .isEmpty();
        assertThat(store.find("c1")).as("S2: the unbound session").contains(session("c1", null));
    }

    /** S2: left one group, joined another, stayed in a third. */
    @Test
    default void sessionThatLeftAGroupIsNotFoundThere() {
        StoreCalls store = new StoreCalls(emptyStore());
        store.put(session("c1", "u1", "left", "stayed"), 1);

        store.put(session("c1", "u1", "stayed", "joined"), 2);

        assertThat(store.inGroup("left")).as("S2: the group it left").isEmpty();
        assertThat(store.inGroup("stayed")).as("S2: the group it stayed in").containsExactly("c1");
        assertThat(store.inGroup("joined")).as("S2: the group it joined").containsExactly("c1");
    }

    /** S2: other sessions of the same user and group stay. */
    @Test
    default void changeOfOneSessionLeavesTheOthersAlone() {
        StoreCalls store = new StoreCalls(emptyStore());
        store.put(session("c1", "u1", "g1"), 1);
        store.put(session("c2", "u1", "g1"), 1);
        store.put(session("c3", "u1", "g1"), 1);

        store.put(session("c1", "u2", "g2"), 2);
        store.remove("c3", 2);

        assertThat(store.ofUser("u1")).as("S2: sessions of the user of two").containsExactly("c2");
        assertThat(store.inGroup("g1")).as("S2: sessions in the group of two").containsExactly("c2");
        assertThat(store.all()).as("S2: all sessions").containsExactlyInAnyOrder("c1", "c2");
    }

    /** S3: a lower version. */
    @Test
    default void outdatedPutChangesNothing() {
        StoreCalls store = new StoreCalls(emptyStore());
        store.put(session("c1", "new", "g2"), 5);

        store.put(session("c1", "old", "g1"), 4);

        assertThat(store.find("c1")).as("S3: after a put of a lower version").contains(session("c1", "new", "g2"));
        assertThat(store.ofUser("old")).as("S3: user of a lower version").isEmpty();
        assertThat(store.inGroup("g1")).as("S3: group of a lower version").isEmpty();
        assertThat(store.ofUser("new")).as("S3: user of the higher version").containsExactly("c1");
    }

    /** S3: the same version. */
    @Test
    default void repeatedPutChangesNothing() {
        StoreCalls store = new StoreCalls(emptyStore());
        store.put(session("c1", "u1", "g1"), 5);

        store.put(session("c1", "u2", "g2"), 5);

        assertThat(store.find("c1")).as("S3: after a put of the same version").contains(session("c1", "u1", "g1"));
        assertThat(store.ofUser("u2")).as("S3: user of a repeated version").isEmpty();
        assertThat(store.inGroup("g2")).as("S3: group of a repeated version").isEmpty();
    }

    /** S4: what was removed is found nowhere. */
    @Test
    default void removedSessionIsFoundNowhere() {
        StoreCalls store = new StoreCalls(emptyStore());
        store.put(session("c1", "u1", "g1"), 1);

        store.remove("c1", 2);

        assertThat(store.find("c1")).as("S4: find after remove").isEmpty();
        assertThat(store.ofUser("u1")).as("S4: user after remove").isEmpty();
        assertThat(store.inGroup("g1")).as("S4: group after remove").isEmpty();
        assertThat(store.all()).as("S4: all after remove").isEmpty();
    }

    /** S4: a put that comes late, whatever its version. */
    @Test
    default void putAfterRemoveDoesNotBringASessionBack() {
        StoreCalls store = new StoreCalls(emptyStore());
        store.put(session("c1", "u1", "g1"), 1);
        store.remove("c1", 3);

        store.put(session("c1", "u1", "g1"), 2);
        store.put(session("c1", "u1", "g1"), 9);

        assertThat(store.find("c1")).as("S4: find after a late put").isEmpty();
        assertThat(store.ofUser("u1")).as("S4: user after a late put").isEmpty();
        assertThat(store.inGroup("g1")).as("S4: group after a late put").isEmpty();
    }

    /** S4: also where the remove has overtaken the only put. */
    @Test
    default void putThatWasOvertakenByItsRemoveIsIgnored() {
        StoreCalls store = new StoreCalls(emptyStore());
        store.remove("c1", 2);

        store.put(session("c1", "u1", "g1"), 1);

        assertThat(store.find("c1")).as("S4: find after an overtaken put").isEmpty();
        assertThat(store.all()).as("S4: all after an overtaken put").isEmpty();
    }

    /** S5. */
    @Test
    default void removingWhatIsNotThereSucceeds() {
        StoreCalls store = new StoreCalls(emptyStore());
        store.put(session("c1", "u1"), 1);

        store.remove("unknown", 1);
        store.remove("c1", 2);
        store.remove("c1", 2);

        assertThat(store.all())
                .as("S5: after removals of unknown and removed sessions")
                .isEmpty();
    }
}
