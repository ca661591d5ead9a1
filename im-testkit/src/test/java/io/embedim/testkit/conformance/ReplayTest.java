package io.embedim.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.testkit.JsonValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** A replay against servers that do one thing wrong each. */
class ReplayTest {

    private static final String PONG = "{\"msg\":\"心跳检测\",\"code\":0,\"data\":[]}";

    private final ConformanceCase oneFrame =
            caseWith("{\"code\":0,\"msg\":\"*\",\"data\":{\"n\":1.0,\"client_id\":\"*\",\"group_id\":\"*100\"}}");

    @Test
    void acceptsWhatIsEqualByValue() {
        assertThatCode(() -> oneFrame.replay(new Server((text, inbox) -> inbox.received(
                        "{\"data\":{\"group_id\":100,\"client_id\":\"x\",\"n\":1e0},\"msg\":\"hello\",\"code\":0}"))))
                .doesNotThrowAnyException();
    }

    @Test
    void waitsForWhatComesLater() {
        ConformanceTransport late = new Server((text, inbox) -> CompletableFuture.delayedExecutor(
                        50, TimeUnit.MILLISECONDS)
                .execute(() -> inbox.received(
                        "{\"code\":0,\"msg\":\"\",\"data\":{\"n\":1,\"client_id\":\"x\",\"group_id\":\"100\"}}")));

        assertThatCode(() -> oneFrame.replay(late)).doesNotThrowAnyException();
    }

    @Test
    void namesCaseStepPlaceAndBothValues() {
        assertThatThrownBy(() -> oneFrame.replay(new Server((text, inbox) -> inbox.received(
                        "{\"code\":0,\"msg\":\"m\",\"data\":{\"n\":2,\"client_id\":\"x\",\"group_id\":100}}"))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("a case", "step 1", "client a, event 0: data.n: expected 1.0 but was 2");
    }

    @Test
    void seesAnEmptyClientIdAndAnotherGroup() {
        assertThatThrownBy(() -> oneFrame.replay(new Server((text, inbox) -> inbox.received(
                        "{\"code\":0,\"msg\":\"m\",\"data\":{\"n\":1,\"client_id\":\"\",\"group_id\":100}}"))))
                .hasMessageContaining("client_id");
        assertThatThrownBy(() -> oneFrame.replay(new Server((text, inbox) -> inbox.received(
                        "{\"code\":0,\"msg\":\"m\",\"data\":{\"n\":1,\"client_id\":\"x\",\"group_id\":101}}"))))
                .hasMessageContaining("group_id");
    }

    @Test
    void seesThatNothingCame() {
        assertThatThrownBy(() -> oneFrame.replay(new Server((text, inbox) -> {})))
                .hasMessageContaining("client a did not get {\"code\":0");
    }

    @Test
    void seesWhatNothingHasCaused() {
        assertThatThrownBy(() -> caseWith().replay(new Server((text, inbox) -> inbox.received("{\"extra\":1}"))))
                .hasMessageContaining("client a got what nothing has caused: {\"extra\":1}");
    }

    @Test
    void seesWhatComesLateByThePingsAtTheEnd() {
        List<String> delayed = new ArrayList<>();
        ConformanceTransport server = new Server((text, inbox) -> delayed.add("{\"extra\":1}"), delayed);

        assertThatThrownBy(() -> caseWith().replay(server)).hasMessageContainingAll("ping at the end", "extra");
    }

    /** What was under way when a client closed. */
    @Test
    void doesNotLookBehindTheOwnClose() {
        ConformanceTransport late = inbox -> new ConformanceTransport.Client() {
            @Override
            public void send(String text) {
                inbox.received(PONG);
            }

            @Override
            public void close() {
                inbox.received("{\"extra\":1}");
            }
        };
        List<ConformanceCase.Step> steps = List.of(
                new ConformanceCase.Step("a", ConformanceCase.Action.OPEN, ""),
                new ConformanceCase.Step("b", ConformanceCase.Action.OPEN, ""),
                new ConformanceCase.Step("a", ConformanceCase.Action.CLOSE, ""));

        assertThatCode(() ->
                        new ConformanceCase("a case", "about", false, steps, Map.of(), Optional.empty()).replay(late))
                .doesNotThrowAnyException();
    }

    @Test
    void seesAnEndThatIsNotExpected() {
        assertThatThrownBy(() -> caseWith().replay(new Server((text, inbox) -> inbox.closed(1008))))
                .hasMessageContaining("the end of its connection, code 1008");
    }

    @Test
    void seesThatAnExpectedEndDoesNotCome() {
        ConformanceCase ends = new ConformanceCase(
                "a case",
                "about",
                false,
                steps(),
                Map.of("a", List.of(new ConformanceCase.Expected(1, null))),
                Optional.empty());

        assertThatThrownBy(() -> ends.replay(new Server((text, inbox) -> {})))
                .hasMessageContaining("did not get the end of its connection");
    }

    @Test
    void holdsAllRecordedCases() {
        List<ConformanceCase> cases = ConformanceCases.classic().toList();

        assertThat(cases).hasSize(130).extracting(ConformanceCase::name).doesNotHaveDuplicates();
        assertThat(cases).anyMatch(ConformanceCase::requireAvatar).anyMatch(recorded -> !recorded.requireAvatar());
    }

    private static ConformanceCase caseWith(String... frames) {
        List<ConformanceCase.Expected> expected = java.util.Arrays.stream(frames)
                .map(frame -> new ConformanceCase.Expected(1, JsonValues.read(frame)))
                .toList();
        return new ConformanceCase("a case", "about", false, steps(), Map.of("a", expected), Optional.empty());
    }

    private static List<ConformanceCase.Step> steps() {
        return List.of(
                new ConformanceCase.Step("a", ConformanceCase.Action.OPEN, ""),
                new ConformanceCase.Step("a", ConformanceCase.Action.SEND, "hello"));
    }

    /** Answers pings, and everything else as it is told. */
    private record Server(BiConsumer<String, Inbox> behaviour, List<String> delayed) implements ConformanceTransport {

        Server(BiConsumer<String, Inbox> behaviour) {
            this(behaviour, new ArrayList<>());
        }

        @Override
        public Client open(Inbox inbox) {
            return new Client() {
                @Override
                public void send(String text) {
                    if (!text.contains("ping")) {
                        behaviour.accept(text, inbox);
                        return;
                    }
                    delayed.forEach(inbox::received);
                    delayed.clear();
                    inbox.received(PONG);
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public Duration patience() {
            return Duration.ofMillis(300);
        }
    }
}
