package io.embedim.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.model.Identity;
import io.embedim.model.Limits;
import io.embedim.model.Rate;
import io.embedim.model.UserId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeterTest {

    private static final long SECOND = 1_000_000_000L;

    /** A clock may stand anywhere, also just before its number overflows. */
    @ParameterizedTest
    @ValueSource(longs = {0, 12_345, -5 * SECOND, Long.MAX_VALUE - 2 * SECOND, Long.MIN_VALUE})
    void theBurstAtOnceAndThenAsTheRateSays(long start) {
        Rate rate = Rate.perSecond(2).withBurst(3);
        Meter meter = new Meter(start);

        assertThat(meter.take(rate, 1, start)).isZero();
        assertThat(meter.take(rate, 1, start)).isZero();
        assertThat(meter.take(rate, 1, start)).isZero();
        assertThat(meter.take(rate, 1, start)).isEqualTo(SECOND / 2);
        assertThat(meter.take(rate, 1, start + SECOND / 2 - 1)).isEqualTo(1);
        assertThat(meter.take(rate, 1, start + SECOND / 2)).isZero();
        assertThat(meter.take(rate, 1, start + SECOND / 2)).isEqualTo(SECOND / 2);
        assertThat(meter.isFull(start + SECOND * 2 - 1)).isFalse();
        assertThat(meter.isFull(start + SECOND * 2)).isTrue();
    }

    @Test
    void aPauseGivesTheBurstAndNotMore() {
        Rate rate = Rate.perMinute(60).withBurst(5);
        Meter meter = new Meter(0);

        long later = Duration.ofDays(30).toNanos();

        assertThat(IntStream.range(0, 20)
                        .filter(i -> meter.take(rate, 1, later) == 0)
                        .count())
                .isEqualTo(5);
    }

    @Test
    void whatIsLargerThanTheBurstGoesWhenNothingWasTaken() {
        Rate rate = new Rate(100, Duration.ofSeconds(1), 100);
        Meter meter = new Meter(0);

        assertThat(meter.take(rate, 1_000, 0)).isZero();
        assertThat(meter.take(rate, 1, SECOND)).isEqualTo(8 * SECOND + SECOND / 100);
        assertThat(meter.take(rate, 1_000, 9 * SECOND)).isEqualTo(SECOND);
        assertThat(meter.take(rate, 1_000, 10 * SECOND)).isZero();
    }

    @Test
    void theSlowestRateAndTheLargestAmountDoNotOverflow() {
        Rate rate = new Rate(1, Duration.ofDays(1), Long.MAX_VALUE);
        Meter meter = new Meter(0);

        assertThat(meter.take(rate, Integer.MAX_VALUE, 0)).isZero();
        assertThat(meter.take(rate, Integer.MAX_VALUE, 1)).isPositive();
    }

    @Test
    void severalThreadsGetTogetherWhatOneWouldGet() {
        Rate rate = Rate.perSecond(1).withBurst(10_000);
        Meter meter = new Meter(0);
        AtomicInteger taken = new AtomicInteger();

        List<CompletableFuture<Void>> all = IntStream.range(0, 4)
                .mapToObj(thread -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 5_000; i++) {
                        if (meter.take(rate, 1, 0) == 0) {
                            taken.incrementAndGet();
                        }
                    }
                }))
                .toList();
        all.forEach(CompletableFuture::join);

        assertThat(taken).hasValue(10_000);
    }

    @Test
    void usersWhoHaveBeenSilentAreForgotten() {
        Rates rates = new Rates(Limits.defaults().withUserRates(Rate.perSecond(1), Rate.UNLIMITED));
        Rates.Usage connection = rates.ofConnection(0);
        assertThat(connection).isNotNull();

        rates.take(connection, Identity.of(UserId.of("a")), 10, 0);
        rates.take(connection, Identity.of(UserId.of("b")), 10, SECOND / 2);
        rates.forgetIdle(SECOND);

        assertThat(rates.users()).isEqualTo(1);
        rates.forgetIdle(2 * SECOND);
        assertThat(rates.users()).isZero();
    }
}
