package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImListener;
import io.embedim.ImServer;
import io.embedim.ImServerBuilder;
import io.embedim.connection.Backlog;
import io.embedim.connection.CloseReason;
import io.embedim.model.Limits;
import io.embedim.security.SlowConsumerPolicy;
import io.embedim.security.SlowConsumerPolicy.Answer;
import io.embedim.session.Session;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.RecordingConnection.Completion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two members of a group: one reads, the other takes one frame and then no more. */
class SlowConsumerTest {

    private static final int LIMIT = 10_000;

    private final ManualRuntime runtime = new ManualRuntime();
    private final List<String> told = new ArrayList<>();
    private final List<Backlog> asked = new ArrayList<>();

    @Test
    void whoFallsBehindIsToldOfBeforeItsEnd() {
        Group group = new Group(builder());

        group.speak(group.framesIn(LIMIT) + 1);

        assertThat(told).containsExactly("slow stuck", "closed stuck 4002");
        assertThat(group.stuck.closeCode()).isEqualTo(4002);
        assertThat(group.healthy.closeCode()).isZero();
    }

    @Test
    void nobodyIsToldOfAtTheLimit() {
        Group group = new Group(builder());

        group.speak(group.framesIn(LIMIT));

        assertThat(told).isEmpty();
        assertThat(group.stuck.closeCode()).isZero();
    }

    @Test
    void theApplicationIsAskedOnceAndMayCloseAtOnce() {
        Group group = new Group(builder().slowConsumers(answering(Answer.CLOSE)));

        group.speak(group.framesIn(LIMIT) + 1);

        assertThat(told).containsExactly("slow stuck", "asked stuck", "closed stuck 4002");
        assertThat(asked)
                .singleElement()
                .satisfies(backlog -> assertThat(backlog.bytes()).isEqualTo(group.framesIn(LIMIT) * group.frameBytes));
        assertThat(group.stuck.closeCode()).isEqualTo(4002);
    }

    @Test
    void whoTheApplicationKeepsGetsAllWhenItReadsOn() {
        Group group = new Group(builder().slowConsumers(answering(Answer.KEEP)));
        int frames = group.framesIn(2 * LIMIT);
        group.speak(frames);

        group.stuck.connection.complete(Completion.INLINE);
        group.stuck.connection.completeWrite();
        runtime.runAll();

        assertThat(asked).hasSize(1);
        assertThat(group.stuck.closeCode()).isZero();
        assertThat(group.stuck.heard()).hasSize(frames);
    }

    @Test
    void whateverTheApplicationAnswersTwiceTheLimitIsTheEnd() {
        Group group = new Group(builder().slowConsumers(answering(Answer.KEEP)));

        group.speak(group.framesIn(2 * LIMIT) + 1);

        assertThat(told).containsExactly("slow stuck", "asked stuck", "closed stuck 4002");
        assertThat(group.stuck.closeCode()).isEqualTo(4002);
    }

    @Test
    void whoTheApplicationKeepsHasTwiceTheTimeForOneWrite() {
        Group group = new Group(builder().slowConsumers(answering(Answer.KEEP)));
        group.speak(1);

        runtime.advance(Duration.ofSeconds(19));
        assertThat(group.stuck.closeCode()).isZero();
        assertThat(asked)
                .singleElement()
                .satisfies(
                        backlog -> assertThat(backlog.age()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(12)));
        runtime.advance(Duration.ofSeconds(3));

        assertThat(group.stuck.closeCode()).isEqualTo(4002);
    }

    @Test
    void aPolicyThatDropsClosesWhereNothingMayBeLeftOut() {
        Group group = new Group(builder().slowConsumers(SlowConsumerPolicy.dropOldest()));

        group.speak(group.framesIn(LIMIT) + 1);

        assertThat(told).containsExactly("slow stuck", "closed stuck 4002");
    }

    @Test
    void aPolicyThatFailsClosesAndBreaksNothing() {
        SlowConsumerPolicy broken = (session, backlog) -> {
            throw new StackOverflowError("as applications do");
        };
        Group group = new Group(builder().slowConsumers(broken));

        group.speak(group.framesIn(LIMIT) + 1);

        assertThat(group.stuck.closeCode()).isEqualTo(4002);
        assertThat(group.healthy.closeCode()).isZero();
    }

    @Test
    void whoSendsDoesNotTellAskOrClose() {
        Group group = new Group(builder().slowConsumers(answering(Answer.CLOSE)));
        group.speak(group.framesIn(LIMIT));

        group.healthy.inbound.received(Clients.frame("speak", 2, 100, "healthy", "\"content\":\"x\""), true);

        assertThat(told).isEmpty();
        assertThat(group.stuck.closeCode()).isZero();
        runtime.runAll();
        assertThat(told).containsExactly("slow stuck", "asked stuck", "closed stuck 4002");
    }

    private ImServerBuilder builder() {
        return ImServer.builder()
                .classicProfile()
                .limits(Limits.defaults().withOutbound(LIMIT, Duration.ofSeconds(10)))
                .listener(new ImListener() {
                    @Override
                    public void slowConsumer(Session session, Backlog backlog) {
                        told.add("slow " + name(session));
                    }

                    @Override
                    public void closed(Session session, CloseReason reason) {
                        told.add("closed " + name(session) + " " + reason.code());
                    }
                });
    }

    private SlowConsumerPolicy answering(Answer answer) {
        return (session, backlog) -> {
            told.add("asked " + name(session));
            asked.add(backlog);
            return answer;
        };
    }

    private static String name(Session session) {
        return String.valueOf(session.user());
    }

    private final class Group {

        final Clients.Client healthy;
        final Clients.Client stuck;
        final int frameBytes;

        Group(ImServerBuilder builder) {
            Clients clients = new Clients(runtime, builder);
            healthy = clients.open().join("healthy").joinGroup("healthy", 100);
            stuck = clients.open().join("stuck").joinGroup("stuck", 100);
            healthy.speak("healthy", 100, "x");
            frameBytes = stuck.connection.frames().get(2).getBytes(StandardCharsets.UTF_8).length;
            stuck.heard();
            stuck.connection.complete(Completion.MANUAL);
        }

        int framesIn(int bytes) {
            return bytes / frameBytes;
        }

        void speak(int times) {
            for (int i = 0; i < times; i++) {
                healthy.speak("healthy", 100, "x");
            }
        }
    }
}
