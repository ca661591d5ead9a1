package io.embedim.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.model.Limits;
import io.embedim.model.Rate;
import io.embedim.model.UserId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is kept of who has begun private conversations (docs/protocol-v2.md V-PAIR 3). */
class NewPairsTest {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");

    private final Rates rates = new Rates(Limits.defaults().withNewPairsPerUser(new Rate(2, Duration.ofMinutes(2), 2)));

    @Test
    void eachUserHasItsOwnCount() {
        assertThat(rates.takePair(ANN, 0)).isZero();
        assertThat(rates.takePair(ANN, 0)).isZero();

        assertThat(rates.takePair(ANN, 0)).isEqualTo(MINUTE);
        assertThat(rates.takePair(BOB, 0)).isZero();
        assertThat(rates.takePair(ANN, MINUTE)).isZero();
    }

    @Test
    void whoseCountMakesNoDifferenceAnyMoreIsForgotten() {
        rates.takePair(ANN, 0);
        rates.takePair(ANN, 0);
        rates.takePair(BOB, 0);

        rates.forgetIdle(MINUTE);
        assertThat(rates.beginners()).isEqualTo(1);
        rates.forgetIdle(2 * MINUTE);

        assertThat(rates.beginners()).isZero();
    }
}
