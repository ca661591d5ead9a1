package io.embedim.internal.v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How many syncs a node runs at a time (docs/protocol-v2.md V-SYNC 7). */
class TurnstileTest {

    private static final int RUNNING = 64;
    private static final int WAITING = 4_096;

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Turnstile turnstile = new Turnstile(new Random(1), tasks::add);
    private final AtomicInteger begun = new AtomicInteger();

    private void fill() {
        for (int i = 0; i < RUNNING + WAITING; i++) {
            assertThat(turnstile.enter(begun::incrementAndGet)).isNull();
        }
    }

    @Test
    void soManyRunAndTheOthersWait() {
        fill();

        assertThat(begun).hasValue(RUNNING);
        turnstile.leave();
        assertThat(begun).hasValue(RUNNING);
        tasks.remove().run();
        assertThat(begun).hasValue(RUNNING + 1);
    }

    @Test
    void thoseWhoWaitBeginInTheOrderInWhichTheyCame() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < RUNNING + 3; i++) {
            int number = i;
            assertThat(turnstile.enter(() -> order.add(number))).isNull();
        }

        for (int i = 0; i < 3; i++) {
            turnstile.leave();
            tasks.remove().run();
        }

        assertThat(order).endsWith(RUNNING, RUNNING + 1, RUNNING + 2);
    }

    @Test
    void placesAreFreeAgainWhenAllHaveLeft() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < RUNNING + 1; i++) {
                assertThat(turnstile.enter(begun::incrementAndGet)).isNull();
            }
            for (int i = 0; i < RUNNING + 1; i++) {
                turnstile.leave();
                tasks.forEach(Runnable::run);
                tasks.clear();
            }
        }

        assertThat(begun).hasValue(2 * (RUNNING + 1));
        for (int i = 0; i < RUNNING + 1; i++) {
            assertThat(turnstile.enter(begun::incrementAndGet)).isNull();
        }
        assertThat(begun).as("not one more at a time than before").hasValue(2 * (RUNNING + 1) + RUNNING);
    }

    @Test
    void whoComesWhenAllPlacesAreTakenIsToldWhenToComeBack() {
        fill();
        Set<Duration> told = new HashSet<>();

        for (int i = 0; i < 100; i++) {
            Duration wait = turnstile.enter(begun::incrementAndGet);
            assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(6));
            told.add(wait);
        }

        assertThat(told).hasSizeGreaterThan(50); // Not all at the same moment.
        turnstile.leave();
        assertThat(turnstile.enter(begun::incrementAndGet)).isNull();
    }
}
