package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.StoreCalls.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.model.GroupId;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import io.embedim.session.Session;
import io.embedim.session.SessionCounts;
import io.embedim.session.SessionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The part of {@link SessionStoreContract} about listings and counts: S6 and S7. */
public interface SessionListings extends SessionStoreFactory {

    /** S6: whatever the size of a page. */
    @Test
    default void listingsShowEachSessionOnceInPagesOfAnySize() {
        SessionStore tested = emptyStore();
        StoreCalls store = new StoreCalls(tested);
        List<String> ids = IntStream.range(0, 60).mapToObj(i -> "c" + i).toList();
        ids.forEach(id -> store.put(session(id, "u1", "g1"), 1));
        store.put(session("other", "u2", "g2"), 1);
        List<String> andOther = new ArrayList<>(ids);
        andOther.add("other");

        for (int limit : new int[] {1, 7, 20, 60, 61, PageRequest.MAX_LIMIT}) {
            assertThat(StoreCalls.ids(limit, page -> tested.ofUser(new UserId("u1"), page)))
                    .as("S6: sessions of a user in pages of %s", limit)
                    .containsExactlyInAnyOrderElementsOf(ids);
            assertThat(StoreCalls.ids(limit, page -> tested.inGroup(new GroupId("g1"), page)))
                    .as("S6: sessions in a group in pages of %s", limit)
                    .containsExactlyInAnyOrderElementsOf(ids);
            assertThat(StoreCalls.ids(limit, tested::all))
                    .as("S6: all sessions in pages of %s", limit)
                    .containsExactlyInAnyOrderElementsOf(andOther);
        }
    }

    /** S6: while others come and go between the pages. */
    @Test
    default void listingsShowWhatStaysExactlyOnceWhileOthersComeAndGo() {
        SessionStore tested = emptyStore();

        List<String> all = listWhileOthersComeAndGo(new StoreCalls(tested), "a", tested::all);
        List<String> group =
                listWhileOthersComeAndGo(new StoreCalls(tested), "b", page -> tested.inGroup(new GroupId("gb"), page));
        List<String> user =
                listWhileOthersComeAndGo(new StoreCalls(tested), "c", page -> tested.ofUser(new UserId("uc"), page));

        assertThat(all)
                .as("S6: all sessions while others come and go")
                .doesNotHaveDuplicates()
                .containsAll(staying("a"));
        assertThat(group)
                .as("S6: sessions in a group while others come and go")
                .doesNotHaveDuplicates()
                .containsAll(staying("b"));
        assertThat(user)
                .as("S6: sessions of a user while others come and go")
                .doesNotHaveDuplicates()
                .containsAll(staying("c"));
    }

    /** S6: after the very session that a cursor may point to has gone. */
    @Test
    default void cursorHoldsAfterTheSessionsOfItsPageHaveGone() {
        SessionStore tested = emptyStore();
        StoreCalls store = new StoreCalls(tested);
        List<String> left =
                new ArrayList<>(IntStream.range(0, 20).mapToObj(i -> "c" + i).toList());
        left.forEach(id -> store.put(session(id, "u1", "g1"), 1));

        Page<Session> first = Stages.call("first page", () -> tested.inGroup(new GroupId("g1"), PageRequest.first(5)));
        first.items().forEach(shown -> {
            store.remove(shown.id().value(), 2);
            left.remove(shown.id().value());
        });
        String next = first.next();

        assertThat(next).as("S6: cursor behind 5 of 20").isNotNull();
        if (next != null) {
            Page<Session> rest = Stages.call(
                    "page behind sessions that have gone",
                    () -> tested.inGroup(
                            new GroupId("g1"), PageRequest.first(100).after(next)));
            assertThat(rest.items())
                    .as("S6: what stays behind a page whose sessions have gone")
                    .extracting(shown -> shown.id().value())
                    .containsExactlyInAnyOrderElementsOf(left);
        }
    }

    /** S7: each user and group once. */
    @Test
    default void countsCountUsersAndGroupsOnce() {
        StoreCalls store = new StoreCalls(emptyStore());
        assertThat(store.counts()).as("S7: counts of an empty store").isEqualTo(new SessionCounts(0, 0, 0));

        store.put(session("c1", "u1", "g1", "g2"), 1);
        store.put(session("c2", "u1", "g1"), 1);
        store.put(session("c3", "u2"), 1);
        store.put(session("c4", null), 1);

        assertThat(store.counts())
                .as("S7: counts of 4 sessions, 2 users, 2 groups")
                .isEqualTo(new SessionCounts(4, 2, 2));
        assertThat(store.countInGroup("g1"))
                .as("S7: sessions in a group of two")
                .isEqualTo(2);
        assertThat(store.countInGroup("g2"))
                .as("S7: sessions in a group of one")
                .isEqualTo(1);
        assertThat(store.countInGroup("unknown"))
                .as("S7: sessions in an unknown group")
                .isZero();
    }

    /** S7: after changes, also those that are to be ignored. */
    @Test
    default void countsFollowChanges() {
        StoreCalls store = new StoreCalls(emptyStore());
        store.put(session("c1", "u1", "g1"), 2);
        store.put(session("c2", "u1", "g1"), 2);

        store.put(session("c1", "u1", "g1"), 2);
        store.put(session("c1", "u3", "g3"), 1);
        assertThat(store.counts()).as("S7: counts after ignored puts").isEqualTo(new SessionCounts(2, 1, 1));
        store.put(session("c1", "u2", "g2"), 3);
        assertThat(store.counts())
                .as("S7: counts after a change of user and group")
                .isEqualTo(new SessionCounts(2, 2, 2));
        assertThat(store.countInGroup("g1"))
                .as("S7: sessions in the group that one left")
                .isEqualTo(1);
        store.remove("c1", 4);
        store.remove("c1", 5);
        store.put(session("c1", "u2", "g2"), 6);
        assertThat(store.counts()).as("S7: counts after a removal").isEqualTo(new SessionCounts(1, 1, 1));
        store.remove("c2", 4);
        assertThat(store.counts()).as("S7: counts after the last removal").isEqualTo(new SessionCounts(0, 0, 0));
        assertThat(store.countInGroup("g1"))
                .as("S7: sessions in a group that all have left")
                .isZero();
    }

    private static List<String> staying(String prefix) {
        return IntStream.range(0, 40).mapToObj(i -> prefix + "stays" + i).toList();
    }

    private static List<String> listWhileOthersComeAndGo(
            StoreCalls store, String prefix, Function<PageRequest, CompletionStage<Page<Session>>> listing) {
        staying(prefix).forEach(id -> store.put(session(id, "u" + prefix, "g" + prefix), 1));
        int[] calls = {0};
        return StoreCalls.ids(5, page -> {
            int call = calls[0]++;
            if (call < 20) {
                store.put(session(prefix + "passes" + call, "u" + prefix, "g" + prefix), 1);
                store.remove(prefix + "passes" + (call - 2), 2);
                store.put(session(prefix + "stays" + call, "u" + prefix, "g" + prefix, "more"), 2 + call);
            }
            return listing.apply(page);
        });
    }
}
