package io.embedim.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.runtime.ImRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualRuntimeTest {

    private final ManualRuntime runtime = new ManualRuntime();
    private final List<String> ran = new ArrayList<>();

    @Test
    void runsTasksInOrderWithThoseThatTheyAdd() {
        runtime.executor().execute(() -> {
            ran.add("first");
            runtime.executor().execute(() -> ran.add("third"));
        });
        runtime.executor().execute(() -> ran.add("second"));
        assertThat(ran).isEmpty();

        assertThat(runtime.runAll()).isEqualTo(3);

        assertThat(ran).containsExactly("first", "second", "third");
    }

    @Test
    void timersGoOffInTheOrderOfTheirTimeWithTheClockWhereTheyStand() {
        runtime.schedule(() -> ran.add("late at " + runtime.nanoTime()), Duration.ofNanos(30));
        runtime.schedule(
                () -> {
                    ran.add("early at " + runtime.nanoTime());
                    runtime.schedule(() -> ran.add("between at " + runtime.nanoTime()), Duration.ofNanos(5));
                },
                Duration.ofNanos(10));

        runtime.advance(Duration.ofNanos(29));
        assertThat(ran).containsExactly("early at 10", "between at 15");

        runtime.advance(Duration.ofNanos(1));
        assertThat(ran).endsWith("late at 30");
        assertThat(runtime.now()).isEqualTo(ManualRuntime.START.plusNanos(30));
    }

    @Test
    void cancelledTimerDoesNotGoOff() {
        ImRuntime.Cancellable timer = runtime.schedule(() -> ran.add("never"), Duration.ofSeconds(1));

        timer.cancel();
        runtime.advance(Duration.ofDays(1));

        assertThat(ran).isEmpty();
        assertThat(runtime.pendingTimers()).isZero();
    }
}
