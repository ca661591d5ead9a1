package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.embedim.connection.CloseReason;
import io.embedim.connection.OutboundFrame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What an endpoint tells the core, and does for it, in any container. The test is the core. */
abstract class EndpointSuite {

    private final Container.Kind kind;
    private final RecordingCore core = new RecordingCore();
    private Container container;
    private ImEndpoints.Registration registration;

    EndpointSuite(Container.Kind kind) {
        this.kind = kind;
        this.container = kind.create();
        this.registration = container.register("/im", core, kind.options());
    }

    @BeforeEach
    void start() {
        container.start();
    }

    @AfterEach
    void stop() {
        registration.close();
        container.close();
    }

    @Test
    void handshakeHasAllFacts() throws InterruptedException {
        TestClient.connect(
                container.uri("/im?ticket=a%20b&ticket=c&%E5%90%8D=%E7%84%A1%E5%B0%98"),
                Map.of("X-Test", "one, two (three, four)", "Accept-Language", "en-GB, zh;q=0.5"));

        RecordingCore.Opened opened = core.next();

        assertThat(opened.handshake.path()).isEqualTo("/im");
        assertThat(opened.handshake.header("x-test")).contains("one, two (three, four)");
        assertThat(opened.handshake.language()).isEqualTo(Locale.ENGLISH);
        assertThat(opened.handshake.query().get("ticket")).containsExactly("a b", "c");
        assertThat(opened.handshake.queryParameter("名")).contains("無尘");
        assertThat(opened.handshake.remoteAddress())
                .hasValueSatisfying(address -> assertThat(address).isIn("127.0.0.1", "0:0:0:0:0:0:0:1", "::1"));
        assertThat(opened.handshake.header("origin")).isEmpty();
        assertThat(opened.handshake.principal()).isEmpty();
        assertThat(opened.handshake.subprotocol()).isEmpty();
    }

    @Test
    void unknownSubprotocolIsClassicWithoutOne() throws InterruptedException {
        TestClient.connect(container.uri("/im"), Map.of(), "chat.unknown");

        assertThat(core.next().handshake.subprotocol()).isEmpty();
    }

    @Test
    void framesArriveInOrderWhetherTheWriteMayBlockOrNot() throws InterruptedException {
        TestClient client = TestClient.connect(container.uri("/im"));
        RecordingCore.Opened opened = core.next();

        for (int round = 0; round < 20; round++) {
            List<OutboundFrame> frames = IntStream.range(round * 100, round * 100 + 100)
                    .mapToObj(i -> OutboundFrame.of("{\"n\":" + i + "}"))
                    .toList();
            assertThat(Writes.write(opened.connection, frames, round % 2 == 0).await())
                    .isNull();
        }

        for (int i = 0; i < 2000; i++) {
            assertThat(client.receive()).isEqualTo("{\"n\":" + i + "}");
        }
    }

    /** Each ping waits for the answer to the one before: of several that have come, a client may answer the last alone (RFC 6455, 5.5.3), and the JDK's does. */
    @Test
    void aPingAmongTextsIsAnsweredAndTheAnswerIsTold() throws InterruptedException {
        TestClient client = TestClient.connect(container.uri("/im"));
        RecordingCore.Opened opened = core.next();
        int pings = 0;

        for (boolean mayBlock : new boolean[] {true, false}) {
            List<OutboundFrame> frames = List.of(OutboundFrame.of("a"), OutboundFrame.PING, OutboundFrame.of("b"));
            assertThat(Writes.write(opened.connection, frames, mayBlock).await())
                    .isNull();
            await().untilAtomic(opened.pongs, equalTo(++pings));
            assertThat(Writes.write(opened.connection, List.of(OutboundFrame.PING), mayBlock)
                            .await())
                    .isNull();
            await().untilAtomic(opened.pongs, equalTo(++pings));
            assertThat(client.receive()).isEqualTo("a");
            assertThat(client.receive()).isEqualTo("b");
        }

        assertThat(Writes.write(opened.connection, List.of(OutboundFrame.of("c")), true)
                        .await())
                .isNull();
        assertThat(client.receive()).isEqualTo("c");
    }

    /** Counted by Linux for the whole process, whose other writes are few. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void framesThatGoOutTogetherShareSystemCalls() throws Exception {
        Assumptions.assumeTrue(kind.batches(), "the container sends each frame by itself");
        TestClient client = TestClient.connect(container.uri("/im"));
        RecordingCore.Opened opened = core.next();
        List<OutboundFrame> frames =
                Collections.nCopies(32, OutboundFrame.of("{\"content\":\"" + "x".repeat(300) + "\"}"));
        long before = systemCallsToWrite();

        for (int round = 0; round < 20; round++) {
            assertThat(Writes.write(opened.connection, frames, true).await()).isNull();
            for (OutboundFrame frame : frames) {
                assertThat(client.receive()).isEqualTo(frame.text());
            }
        }

        assertThat(systemCallsToWrite() - before).isLessThan(20 * 32 / 2);
    }

    private static long systemCallsToWrite() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/io")).stream()
                .filter(line -> line.startsWith("syscw: "))
                .mapToLong(line -> Long.parseLong(line.substring("syscw: ".length())))
                .sum();
    }

    @Test
    void manyFramesDoNotGrowTheStack() throws InterruptedException {
        TestClient client = TestClient.connect(container.uri("/im"));
        RecordingCore.Opened opened = core.next();
        List<OutboundFrame> frames = IntStream.range(0, 20_000)
                .mapToObj(i -> OutboundFrame.of("x" + i))
                .toList();

        Writes written = Writes.write(opened.connection, frames, false);

        assertThat(client.receive()).isEqualTo("x0");
        assertThat(written.await()).isNull();
    }

    @Test
    void bigAndSmallFramesAndAllOfUnicodeSurvive() throws InterruptedException {
        TestClient client = TestClient.connect(container.uri("/im"));
        RecordingCore.Opened opened = core.next();
        String big = "阿克苏🎉é".repeat(20_000);
        for (boolean mayBlock : new boolean[] {true, false}) {
            List<OutboundFrame> frames = List.of(
                    OutboundFrame.of("a"),
                    OutboundFrame.of(big),
                    OutboundFrame.of("lone \ud83c surrogate"),
                    OutboundFrame.of(""));

            assertThat(Writes.write(opened.connection, frames, mayBlock).await())
                    .isNull();

            assertThat(client.receive()).isEqualTo("a");
            assertThat(client.receive()).isEqualTo(big);
            assertThat(client.receive()).isEqualTo("lone \ufffd surrogate");
            assertThat(client.receive()).isEmpty();
        }
    }

    /** RFC 6455 writes a length in one, three or nine bytes. */
    @Test
    void framesOfEveryLengthGoOutTogetherAndAlone() throws InterruptedException {
        TestClient client = TestClient.connect(container.uri("/im"));
        RecordingCore.Opened opened = core.next();
        List<String> texts = IntStream.of(0, 1, 125, 126, 127, 65_535, 65_536, 70_000)
                .mapToObj("x"::repeat)
                .toList();
        for (boolean mayBlock : new boolean[] {true, false}) {
            List<OutboundFrame> frames = texts.stream().map(OutboundFrame::of).toList();
            assertThat(Writes.write(opened.connection, frames, mayBlock).await())
                    .isNull();
            for (OutboundFrame frame : frames) {
                assertThat(Writes.write(opened.connection, List.of(frame), mayBlock)
                                .await())
                        .isNull();
            }

            for (int i = 0; i < 2 * texts.size(); i++) {
                assertThat(client.receive()).isEqualTo(texts.get(i % texts.size()));
            }
        }
    }

    @Test
    void textComesWholeFromFragmentsAndLongFrames() throws InterruptedException {
        TestClient client = TestClient.connect(container.uri("/im"));
        RecordingCore.Opened opened = core.next();
        String big = "無尘🎉".repeat(5_000);

        client.sendPart("a", false)
                .sendPart("b", false)
                .sendPart("c", true)
                .send(big)
                .send("");

        assertThat(opened.message()).isEqualTo("abc");
        assertThat(opened.message()).isEqualTo(big);
        assertThat(opened.message()).isEmpty();
    }

    /** RFC 6455 section 5.6: a frame of a text message may end in the middle of a character. */
    @Test
    void charactersThatFragmentsCutArriveWhole() throws InterruptedException, IOException {
        byte[] text = "無尘🎉é".repeat(200).getBytes(StandardCharsets.UTF_8);
        try (SocketClient client = SocketClient.connect(container.uri("/im"))) {
            RecordingCore.Opened opened = core.next();

            for (int at = 0; at < text.length; at++) {
                int opcode = at == 0 ? SocketClient.TEXT : SocketClient.CONTINUATION;
                client.frame(opcode, at == text.length - 1, new byte[] {text[at]});
            }

            assertThat(opened.message()).isEqualTo("無尘🎉é".repeat(200));
        }
    }

    /** By the container, with 1007; or by the adapter, with 1011, where the container tells of the error before it closes. */
    @Test
    void textThatIsNoUtf8EndsTheConnection() throws InterruptedException, IOException {
        try (SocketClient client = SocketClient.connect(container.uri("/im"))) {
            RecordingCore.Opened opened = core.next();

            client.frame(SocketClient.TEXT, true, new byte[] {'a', (byte) 0xc0, (byte) 0x80});

            assertThat(client.closeCode()).isIn(1007, 1011);
            opened.closed.orTimeout(10, TimeUnit.SECONDS).join();
            assertThat(opened.messages).isEmpty();
        }
    }

    /** A container that changes what is asked for would be served in a slower way, and nothing else would tell. */
    @Test
    void whatIsWrittenTakesTheQuickestPathThereIs() throws InterruptedException {
        TestClient.connect(container.uri("/im"));

        assertThat(((JakartaConnection) core.next().connection).sendPath()).isEqualTo(kind.sendPath());
    }

    @Test
    void pingsAreAnsweredAlsoBetweenFragments() throws InterruptedException, IOException {
        try (SocketClient client = SocketClient.connect(container.uri("/im"))) {
            RecordingCore.Opened opened = core.next();

            client.frame(SocketClient.TEXT, false, new byte[] {'a'});
            client.frame(SocketClient.PING, true, new byte[] {1, 2, 3});
            client.frame(SocketClient.CONTINUATION, true, new byte[] {'b'});

            SocketClient.Frame pong = client.read();
            assertThat(pong.opcode).isEqualTo(SocketClient.PONG);
            assertThat(pong.payload).containsExactly(1, 2, 3);
            assertThat(opened.message()).isEqualTo("ab");
        }
    }

    @Test
    void binaryInFragmentsIsToldAsSuch() throws InterruptedException, IOException {
        try (SocketClient client = SocketClient.connect(container.uri("/im"))) {
            RecordingCore.Opened opened = core.next();

            client.frame(SocketClient.BINARY, false, new byte[20_000]);
            client.frame(SocketClient.CONTINUATION, true, new byte[1]);

            assertThat(opened.binary.orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
        }
    }

    @Test
    void binaryIsToldAsSuch() {
        TestClient client = TestClient.connect(container.uri("/im"));

        client.sendBinary(new byte[] {1, 2, 3});

        assertThat(nextOpened().binary.orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
    }

    @Test
    void originOfAnotherHostIsRefused() {
        Map<String, String> foreign = Map.of("Origin", "https://evil.example");

        if (kind.hasServlets()) {
            assertThat(TestClient.status(container.uri("/im"), foreign)).isEqualTo(403);
        } else {
            assertThat(TestClient.connect(container.uri("/im"), foreign)
                            .awaitClose()
                            .code())
                    .isEqualTo(1008);
        }

        assertThat(core.isUntouched()).isTrue();
    }

    @Test
    void originOfTheSameHostIsLetInOverEitherScheme() {
        for (String origin : List.of("http://localhost:" + container.port(), "https://localhost:" + container.port())) {
            assertThat(TestClient.status(container.uri("/im"), Map.of("Origin", origin)))
                    .isEqualTo(101);
            assertThat(nextOpened().handshake.header("Origin")).contains(origin);
        }
    }

    @Test
    void anExceptionOfTheCoreEndsTheConnectionWith1011() {
        TestClient client = TestClient.connect(container.uri("/im"));
        RecordingCore.Opened opened = nextOpened();
        opened.thrown = new IllegalStateException("a bug");

        client.send("x");

        assertThat(client.awaitClose().code()).isEqualTo(1011);
        assertThat(opened.closed.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(CloseReason.LOST);
    }

    @Test
    void closingTheRegistrationClosesWith4001AndLeavesNoThread() {
        List<TestClient> clients = IntStream.range(0, 20)
                .mapToObj(i -> TestClient.connect(container.uri("/im")))
                .toList();
        List<RecordingCore.Opened> opened =
                clients.stream().map(client -> nextOpened()).toList();
        // The core hears of a connection a moment before the registration counts it.
        await().until(registration::connections, equalTo(20));

        registration.close();

        assertThat(registration.connections()).isZero();
        clients.forEach(client -> assertThat(client.awaitClose().code()).isEqualTo(4001));
        opened.forEach(one -> assertThat(one.closed.join()).isEqualTo(CloseReason.GOING_AWAY));
        // The pool has ended; its threads are in their last moments.
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("im-close-im-")));
        CompletableFuture<?> late = CompletableFuture.supplyAsync(() -> kind.hasServlets()
                ? TestClient.status(container.uri("/im"), Map.of())
                : TestClient.connect(container.uri("/im")).awaitClose().code());
        assertThat(late.join()).isEqualTo(kind.hasServlets() ? 503 : 4001);
    }

    private RecordingCore.Opened nextOpened() {
        try {
            return core.next();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
