package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embedim.ImServer;
import io.embedim.model.Limits;
import io.embedim.protocol.ValidationRules;
import io.embedim.session.SessionCounts;
import io.embedim.testkit.ClassicAnswers;
import io.embedim.testkit.FrameMutator;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A hundred thousand spoiled frames at a live endpoint: every answer and every close is documented, the endpoint goes on, nothing is left. {@code -Dembedim.fuzz.seed} repeats a run.
 */
@Tag("slow")
class LiveFuzzTest {

    private static final int FRAMES = 100_000;
    private static final int FRAMES_PER_CONNECTION = 10;
    private static final long SEED = Long.getLong("embedim.fuzz.seed", 20_260_102L);

    private final ClassicAnswers answers = new ClassicAnswers(
            ValidationRules.defaults().maxContent(), Limits.defaults().groupsPerConnection());
    private final Set<String> complaints = ConcurrentHashMap.newKeySet();
    private final Set<Integer> closeCodes = ConcurrentHashMap.newKeySet();

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void everyAnswerOfALiveEndpointIsDocumentedAndNothingIsLeft() {
        FrameMutator mutator = new FrameMutator(SEED);
        try (ImServer server = ImServer.builder().classicProfile().build();
                Container container = new TomcatContainer();
                ImEndpoints.Registration endpoint =
                        container.register("/im", Core.of(server), ImEndpointOptions.defaults())) {
            container.start();

            for (int sent = 0; sent < FRAMES; sent += FRAMES_PER_CONNECTION) {
                throwFrames(container, mutator);
                assertThat(complaints).as("seed %s, frame %s", SEED, sent).isEmpty();
            }

            assertThat(closeCodes).contains(1007, 1008).allMatch(ClassicAnswers::isCloseCode);
            await().atMost(20, TimeUnit.SECONDS).until(() -> server.connections() == 0 && endpoint.connections() == 0);
            assertThat(server.sessions().counts().toCompletableFuture().join()).isEqualTo(new SessionCounts(0, 0, 0));
        }
    }

    /** Frames behind one that closes the connection are sent all the same, and must not be executed. */
    private void throwFrames(Container container, FrameMutator mutator) {
        CompletableFuture<Integer> end = new CompletableFuture<>();
        TestClient client = TestClient.connect(container.uri("/im"));
        client.onMessage(text -> {
            Optional<String> complaint = answers.complaint(text);
            complaint.ifPresent(complaints::add);
            if (text.contains("\"marker\":\"end of the frames\"")) {
                end.complete(0);
            }
        });
        CompletableFuture<Void> heard = client.closed().thenAccept(closed -> end.complete(closed.code()));
        for (int i = 0; i < FRAMES_PER_CONNECTION; i++) {
            client.send(encodable(mutator.next()));
        }
        // An unknown event is answered with the request, so that the answer is known from those to the frames before.
        client.send(
                "{\"event\":\"mark\",\"mode\":1,\"group_id\":0,\"from_user_id\":\"m\",\"from_username\":\"m\",\"content\":\"c\""
                        + ",\"marker\":\"end of the frames\"}");
        int code = end.orTimeout(30, TimeUnit.SECONDS).join();
        if (code != 0) {
            closeCodes.add(code);
        }
        client.close();
        heard.cancel(false);
    }

    /** What cannot be UTF-8 cannot be sent by this client; a container would refuse it before the endpoint sees it. */
    private static String encodable(String frame) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(frame) ? frame : frame.replaceAll("\\p{Cs}", "?");
    }
}
