package io.embedim.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.Identity;
import io.embedim.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlowModeTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final GroupId GROUP = GroupId.of("100");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SlowMode slowMode = new SlowMode();

    @Test
    void shorterWaitHoldsForWhoWaitsAlready() {
        slowMode.take(proven("a"), GROUP, MINUTE, NOW);

        assertThat(slowMode.take(proven("a"), GROUP, Duration.ofSeconds(10), NOW))
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(slowMode.take(proven("a"), GROUP, MINUTE, NOW.plusSeconds(59)))
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(slowMode.take(proven("a"), GROUP, MINUTE, NOW.plusSeconds(60)))
                .isZero();
    }

    @Test
    void whoHasWaitedIsForgotten() {
        for (int i = 0; i < 20_000; i++) {
            slowMode.take(proven("u" + i), GROUP, Duration.ofMillis(100), NOW.plusMillis(i));
        }

        assertThat(slowMode.size()).isLessThan(1_100);
    }

    @Test
    void whoWaitsIsNotForgottenHoweverManyThereAre() {
        for (int i = 0; i < 5_000; i++) {
            slowMode.take(proven("u" + i), GROUP, MINUTE, NOW);
        }

        assertThat(slowMode.take(proven("u0"), GROUP, MINUTE, NOW.plusSeconds(1)))
                .isEqualTo(Duration.ofSeconds(59));
    }

    @Test
    void ofManyWhoSpeakInOneMomentOneIsFirst() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            CyclicBarrier start = new CyclicBarrier(8);
            for (int round = 0; round < 200; round++) {
                Instant now = NOW.plus(MINUTE.multipliedBy(round));
                var takes = IntStream.range(0, 8)
                        .mapToObj(i -> threads.submit(() -> {
                            start.await(10, TimeUnit.SECONDS);
                            return slowMode.take(proven("a"), GROUP, MINUTE, now);
                        }))
                        .toList();
                int first = 0;
                for (Future<Duration> take : takes) {
                    first += take.get(10, TimeUnit.SECONDS).isZero() ? 1 : 0;
                }
                assertThat(first).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Actor proven(String user) {
        return new Actor() {
            @Override
            public ConnectionId connection() {
                return new ConnectionId("c");
            }

            @Override
            public UserId user() {
                return UserId.of(user);
            }

            @Override
            public Optional<Identity> identity() {
                return Optional.of(Identity.of(user()));
            }

            @Override
            public boolean hasJoined(GroupId group) {
                return true;
            }
        };
    }
}
