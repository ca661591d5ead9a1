package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.StoreCalls.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.model.PageRequest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The part of {@link SessionStoreContract} about listings of users and groups: S8. */
public interface SessionKeys extends SessionStoreFactory {

    /** S8: each once, whatever the number of sessions and the size of a page. */
    @Test
    default void listingsShowEachUserAndEachGroupOnceInPagesOfAnySize() {
        StoreCalls store = new StoreCalls(emptyStore());
        for (int i = 0; i < 60; i++) {
            store.put(session("c" + i, "u" + i % 20, "g" + i % 15, "g" + (i + 1) % 15), 1);
        }
        store.put(session("nobody", null), 1);

        for (int limit : new int[] {1, 7, 15, 20, 21, PageRequest.MAX_LIMIT}) {
            assertThat(store.users(limit))
                    .as("S8: users in pages of %s", limit)
                    .containsExactlyInAnyOrderElementsOf(named("u", 20));
            assertThat(store.groups(limit))
                    .as("S8: groups in pages of %s", limit)
                    .containsExactlyInAnyOrderElementsOf(named("g", 15));
        }
    }

    /** S8: who has no session any more is in no listing. */
    @Test
    default void listingsFollowChanges() {
        StoreCalls store = new StoreCalls(emptyStore());
        assertThat(store.users(5)).as("S8: users of an empty store").isEmpty();
        assertThat(store.groups(5)).as("S8: groups of an empty store").isEmpty();
        store.put(session("c1", "u1", "g1"), 1);
        store.put(session("c2", "u1", "g1", "g2"), 1);

        store.put(session("c2", "u2", "g2"), 2);
        assertThat(store.users(5)).as("S8: users after a rebind").containsExactlyInAnyOrder("u1", "u2");
        store.put(session("c1", null), 2);
        assertThat(store.users(5)).as("S8: users after an unbind").containsExactly("u2");
        assertThat(store.groups(5))
                .as("S8: groups after the last session has left one")
                .containsExactly("g2");
        store.remove("c2", 3);
        assertThat(store.users(5)).as("S8: users after the last removal").isEmpty();
        assertThat(store.groups(5)).as("S8: groups after the last removal").isEmpty();
    }

    private static List<String> named(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }
}
