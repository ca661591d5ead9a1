package io.embedim.internal.v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
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
