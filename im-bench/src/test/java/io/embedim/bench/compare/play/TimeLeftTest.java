package io.embedim.bench.compare.play;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How long it still takes. */
class TimeLeftTest {

    @Test
    void beforeTheFirstStepNobodyKnows() {
        assertThat(new TimeLeft(4).left()).isEqualTo("?");
    }

    @Test
    void theRestTakesAsLongAsWhatIsDone() {
        TimeLeft time = new TimeLeft(4);

        time.step(10);
        time.step(20);

        assertThat(time.where()).isEqualTo("[2/4]");
        assertThat(time.left()).isEqualTo("0:30");
    }

    @Test
    void aStepOfItsOwnIsOverAndSaysNothingOfTheRest() {
        TimeLeft time = new TimeLeft(4);

        time.stepOfItsOwn();
        assertThat(time.left()).isEqualTo("?");
        time.step(20);

        assertThat(time.where()).isEqualTo("[2/4]");
        assertThat(time.left()).isEqualTo("0:40");
    }

    @Test
    void hoursAreHours() {
        TimeLeft time = new TimeLeft(101);

        time.step(37);

        assertThat(time.left()).isEqualTo("1:01:40");
    }
}
