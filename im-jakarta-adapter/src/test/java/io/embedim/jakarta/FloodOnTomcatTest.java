package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImListener;
import io.embedim.ImServer;
import io.embedim.connection.CloseReason;
import io.embedim.model.Identity;
import io.embedim.model.Limits;
import io.embedim.model.Rate;
import io.embedim.model.UserId;
import io.embedim.security.Authentication;
import io.embedim.session.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Attack: flood a group over a live endpoint, again and again. To the message, in virtual time: {@code FloodTest} of im-testkit. C-LIMIT. */
class FloodOnTomcatTest {

    private static final int RATE = 500;
    private static final int ROUNDS = 200;
    /** Frames of the flood for each message of the others. */
    private static final int WINDOW = 100;

    private final BlockingQueue<Integer> floodersCloses = new LinkedBlockingQueue<>();
    private final Rate rate = Rate.perSecond(RATE).withBurst(RATE);
    private final ImServer server = ImServer.builder()
            .authenticator(handshake -> CompletableFuture.completedStage(new Authentication.Accepted(
                    Identity.of(UserId.of(handshake.queryParameter("user").orElseThrow())))))
            .limits(Limits.defaults().withConnectionRates(rate, Rate.UNLIMITED).withUserRates(rate, Rate.UNLIMITED))
            .listener(new ImListener() {
                @Override
                public void closed(Session session, CloseReason reason) {
                    if (UserId.of("mallory").equals(session.user())) {
                        floodersCloses.add(reason.code());
                    }
                }
            })
            .build();
    private final Container container = new TomcatContainer();
    private final AtomicInteger refusals = new AtomicInteger();
    private final Semaphore flooded = new Semaphore(0);
    private final List<TestClient> talkers = new ArrayList<>();
    private int said;
    private int spam;
    private volatile boolean over;

    @AfterEach
    void stop() {
        talkers.forEach(TestClient::close);
        server.close();
        container.close();
    }

    @Test
    @Timeout(20)
    void aFloodOfOneUserCostsOthersNoMessageAndLittleTime() throws Exception {
        container.register("/im", Core.of(server), ImEndpointOptions.defaults());
        container.start();
        for (int i = 0; i < 5; i++) {
            TestClient talker = TestClient.connect(container.uri("/im?user=u" + i));
            talkers.add(talker.send(frame("join", "u" + i, "hello")));
            assertThat(talker.receive()).contains("success");
        }
        talk(false);
        Duration before = talk(false);

        long start = System.nanoTime();
        CompletableFuture<Void> flood = CompletableFuture.runAsync(this::flood, task -> new Thread(task).start());
        Duration during = talk(true);
        over = true;
        flood.orTimeout(15, TimeUnit.SECONDS).join();
        Duration seconds = Duration.ofNanos(System.nanoTime() - start);
        Duration after = talk(false);

        assertThat(refusals).as("frames refused with 429").hasValueGreaterThan(ROUNDS * WINDOW / 4);
        assertThat(floodersCloses).hasSizeGreaterThan(10).containsOnly(CloseReason.TOO_FAST.code());
        assertThat(spam)
                .as("what got through in %s", seconds)
                .isBetween(1, RATE + (int) (seconds.toMillis() * RATE / 1_000) + 1);
        assertThat(talkers).allSatisfy(talker -> assertThat(talker.closed()).isNotDone());
        Duration calm = before.compareTo(after) > 0 ? before : after;
        assertThat(during)
                .as("median; %s and %s without the flood", before, after)
                .isLessThan(calm.plusMillis(2).multipliedBy(10));
    }

    /** One speaks, all hear it, the next one speaks. Gives the median of the time that takes. */
    private Duration talk(boolean underFlood) throws InterruptedException {
        List<Long> times = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            if (underFlood) {
                assertThat(flooded.tryAcquire(WINDOW, 10, TimeUnit.SECONDS)).isTrue();
            }
            int speaker = round % talkers.size();
            String content = "talk-" + said++ + ".";
            long start = System.nanoTime();
            talkers.get(speaker).send(frame("speak", "u" + speaker, content));
            for (TestClient talker : talkers) {
                hear(talker, content);
            }
            times.add(System.nanoTime() - start);
        }
        return Duration.ofNanos(times.stream().sorted().toList().get(ROUNDS / 2));
    }

    /** Between the messages of the others there is only what the flooder says, and that he left: none is lost, none comes twice. */
    private void hear(TestClient talker, String content) throws InterruptedException {
        String heard = talker.receive();
        while (heard.contains("mallory")) {
            spam += heard.contains("spam") && talker.equals(talkers.get(0)) ? 1 : 0;
            heard = talker.receive();
        }
        assertThat(heard).contains(content);
    }

    private void flood() {
        while (!over) {
            try (SocketClient client = SocketClient.connect(container.uri("/im?user=mallory"))) {
                client.text(frame("join", "mallory", "hello"));
                do {
                    for (int i = 0; i < WINDOW; i++) {
                        client.text(frame("speak", "mallory", "spam"));
                    }
                    flooded.release(WINDOW);
                } while (readAnswers(client));
            } catch (IOException e) {
                // Cut off while it wrote: it comes again.
            }
        }
    }

    /** As many as were asked for; false where the connection was closed. */
    private boolean readAnswers(SocketClient client) throws IOException {
        int answers = 0;
        while (answers < WINDOW) {
            SocketClient.Frame frame = client.read();
            if (frame.opcode == SocketClient.CLOSE) {
                return false;
            }
            boolean refused = frame.text().contains("\"code\":429");
            refusals.addAndGet(refused ? 1 : 0);
            answers += refused || frame.text().contains("spam") ? 1 : 0;
        }
        return true;
    }

    private static String frame(String event, String user, String content) {
        return "{\"event\":\"" + event + "\",\"mode\":2,\"group_id\":100,\"from_user_id\":\"" + user
                + "\",\"from_username\":\"" + user + "\",\"content\":\"" + content + "\"}";
    }
}
