package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.model.Limits;
import io.embedim.model.Rate;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.RecordingConnection.Completion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Attack: send so much that others suffer. C-LIMIT. */
class FloodTest {

    private static final Duration TICK = Duration.ofMillis(10);
    private static final Rate TEN_A_SECOND = Rate.perSecond(10).withBurst(20);

    private final ManualRuntime runtime = new ManualRuntime();
    private final Clients clients = new Clients(
            runtime,
            Clients.authenticated()
                    .limits(Limits.defaults()
                            .withConnectionRates(TEN_A_SECOND, Rate.UNLIMITED)
                            .withUserRates(TEN_A_SECOND, Rate.UNLIMITED)));

    /** In virtual time: what gets through is the rate, however much comes, and others are served in the same instant. */
    @Test
    void aFloodOverManyConnectionsCostsOthersNothing() {
        Clients.Client anne = clients.openAs("anne").joinGroup("anne", 100);
        Clients.Client bert = clients.openAs("bert").joinGroup("bert", 100);
        List<Clients.Client> flood = new ArrayList<>();
        IntStream.range(0, 10).forEach(i -> flood.add(clients.openAs("mallory")));
        flood.get(0).joinGroup("mallory", 100);
        anne.heard();
        bert.heard();

        int said = 0;
        for (int tick = 0; tick < 1_000; tick++) {
            flood.forEach(client -> client.speak("mallory", 100, "spam"));
            if (tick % 100 == 0) {
                anne.speak("anne", 100, "hello");
                assertThat(bert.heard().stream().filter(text -> text.endsWith("hello")))
                        .as("heard in the instant in which it was said")
                        .hasSize(1);
                said++;
            }
            runtime.advance(TICK);
        }

        assertThat(said).isEqualTo(10);
        assertThat(anne.closeCode()).isZero();
        assertThat(anne.heard().stream().filter(text -> text.endsWith("spam")))
                .as("of 100,000 frames in 10 s at 10 a second and 20 at once, until the flooders were closed")
                .hasSizeBetween(10, 120);
        assertThat(flood).allSatisfy(client -> assertThat(client.closeCode()).isEqualTo(4004));
    }

    @Test
    void aFloodToOneWhoDoesNotReadClosesHimAndNobodyElse() {
        Clients open = new Clients(
                runtime,
                Clients.authenticated().limits(Limits.defaults().withOutbound(10_000, Duration.ofSeconds(10))));
        Clients.Client stuck = open.openAs("stuck");
        Clients.Client other = open.openAs("other");
        stuck.connection.complete(Completion.NEVER);
        Clients.Client mallory = open.openAs("mallory");

        for (int i = 0; i < 500; i++) {
            mallory.speakTo("mallory", "stuck", "x".repeat(100)).speakTo("mallory", "other", "y");
        }

        assertThat(stuck.closeCode()).isEqualTo(4002);
        assertThat(other.heard()).hasSize(500);
        assertThat(other.closeCode()).isZero();
    }
}
