package io.embedim.testkit.contract;

import static io.embedim.testkit.contract.StoreCalls.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.session.SessionCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The part of {@link SessionStoreContract} about several threads at once. */
public interface SessionRaces extends SessionStoreFactory {

    /** S2, S3: whatever order they arrive in, the highest version stands, and no index keeps another. */
    @Test
    default void highestVersionStandsWhateverThreadsBringThem() {
        StoreCalls store = new StoreCalls(emptyStore());

        for (int round = 0; round < 20; round++) {
            String id = "c" + round;
            List<Callable<Boolean>> puts = new ArrayList<>();
            for (int version = 1; version <= 4; version++) {
                int number = version;
                puts.add(() -> {
                    store.put(session(id, "u" + number, "g" + number), number);
                    return true;
                });
            }
            Stages.together(puts);

            assertThat(store.find(id)).as("S3: after versions 1 to 4 at once").contains(session(id, "u4", "g4"));
            for (int version = 1; version < 4; version++) {
                assertThat(store.ofUser("u" + version))
                        .as("S2: user of an outdated version")
                        .isEmpty();
                assertThat(store.inGroup("g" + version))
                        .as("S2: group of an outdated version")
                        .isEmpty();
            }
        }
        assertThat(store.counts()).as("S7: counts after races").isEqualTo(new SessionCounts(20, 1, 1));
    }

    /** S4: a put and a remove at once end in removed. */
    @Test
    default void removeWinsAgainstPutsAtTheSameTime() {
        StoreCalls store = new StoreCalls(emptyStore());

        for (int round = 0; round < 20; round++) {
            String id = "c" + round;
            Stages.together(List.of(
                    () -> {
                        store.put(session(id, "u1", "g1"), 1);
                        store.put(session(id, "u2", "g1", "g2"), 2);
                        return true;
                    },
                    () -> {
                        store.remove(id, 3);
                        return true;
                    }));

            assertThat(store.find(id)).as("S4: after a remove and puts at once").isEmpty();
        }
        assertThat(store.ofUser("u1")).as("S4: user after races").isEmpty();
        assertThat(store.inGroup("g1")).as("S4: group after races").isEmpty();
        assertThat(store.counts()).as("S7: counts after races").isEqualTo(new SessionCounts(0, 0, 0));
    }

    /** S1, S7: sessions of one user and one group that come on several threads. */
    @Test
    default void sessionsThatComeAtOnceAreAllFound() {
        StoreCalls store = new StoreCalls(emptyStore());

        Stages.together(IntStream.range(0, 4)
                .<Callable<Boolean>>mapToObj(thread -> () -> {
                    for (int i = 0; i < 25; i++) {
                        store.put(session("c" + thread + "-" + i, "u1", "g1"), 1);
                        if (i % 5 == 0) {
                            store.remove("c" + thread + "-" + i, 2);
                        }
                    }
                    return true;
                })
                .toList());

        assertThat(store.ofUser("u1"))
                .as("S1: sessions of a user after 4 threads")
                .hasSize(80)
                .doesNotHaveDuplicates();
        assertThat(store.inGroup("g1"))
                .as("S1: sessions in a group after 4 threads")
                .hasSize(80)
                .doesNotHaveDuplicates();
        assertThat(store.counts()).as("S7: counts after 4 threads").isEqualTo(new SessionCounts(80, 1, 1));
    }
}
