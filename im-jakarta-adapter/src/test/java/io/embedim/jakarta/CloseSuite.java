package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embedim.connection.CloseReason;
import io.embedim.connection.OutboundFrame;
import io.embedim.model.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How connections end, in any container. */
abstract class CloseSuite {

    /** More than kernels take for a peer that does not read. */
    private static final List<OutboundFrame> TOO_MUCH = Collections.nCopies(4_000, OutboundFrame.of("x".repeat(4_000)));

    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final Duration A_FEW_SECONDS = Duration.ofSeconds(8);

    private final RecordingCore core = new RecordingCore();
    private final Container.Kind kind;
    private final Container container;
    private final ImEndpoints.Registration registration;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    CloseSuite(Container.Kind kind) {
        this.kind = kind;
        // A write that blocks in Tomcat returns soon after this, and no sooner.
        core.limits = Limits.defaults().withOutbound(1024 * 1024, Duration.ofSeconds(2));
        this.container = kind.create();
        this.registration = container.register("/im", core, kind.options());
    }

    @BeforeEach
    void start() {
        container.start();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        registration.close();
        container.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1003, 1007, 1008, 1009, 1011, 3000, 4001, 4100, 4999})
    void clientSeesTheCodeAndTheText(int code) throws InterruptedException {
        TestClient client = TestClient.connect(container.uri("/im"));
        RecordingCore.Opened opened = core.next();

        opened.connection.close(new CloseReason(code, "text " + code));

        assertThat(client.awaitClose()).isEqualTo(new TestClient.Closed(code, "text " + code));
        assertThat(closedOf(opened).code()).isEqualTo(code);
    }

    @Test
    void whatIsClosedWhileItOpensIsClosedOnceAndForgotten() throws InterruptedException {
        core.atOpen = connection -> {
            connection.close(CloseReason.UNAUTHENTICATED);
            // The container is not to be interrupted in opening it, however long that takes.
            LockSupport.parkNanos(100_000_000);
        };

        TestClient client = TestClient.connect(container.uri("/im"));

        assertThat(client.awaitClose().code()).isEqualTo(4100);
        assertThat(closedOf(core.next())).isEqualTo(CloseReason.UNAUTHENTICATED);
        await().until(() -> registration.connections() == 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1004, 1005, 1006, 1015, 1016, 2999})
    void codesThatMayNotBeSentBecome1011(int code) throws InterruptedException {
        TestClient client = TestClient.connect(container.uri("/im"));

        core.next().connection.close(new CloseReason(code, ""));

        assertThat(client.awaitClose().code()).isEqualTo(1011);
    }

    @Test
    void theLongestTextFits() throws InterruptedException {
        TestClient client = TestClient.connect(container.uri("/im"));
        CloseReason reason = new CloseReason(4001, "無".repeat(100));

        core.next().connection.close(reason);

        assertThat(client.awaitClose().reason()).isEqualTo("無".repeat(41));
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 3001, 4321})
    void coreSeesTheCodeOfTheClient(int code) throws InterruptedException {
        TestClient client = TestClient.connect(container.uri("/im"));
        RecordingCore.Opened opened = core.next();

        client.sendClose(code, "bye");

        assertThat(closedOf(opened)).isEqualTo(new CloseReason(code, "bye"));
    }

    @Test
    void aClientThatIsCutOffIsLost() throws InterruptedException, IOException {
        SocketClient client = SocketClient.stalled(container.uri("/im"));
        RecordingCore.Opened opened = core.next();

        client.reset();

        assertThat(closedOf(opened).code()).isEqualTo(1006);
    }

    /** As of a client that was killed: its kernel ends the stream, and there is no close frame. */
    @Test
    void aClientThatEndsItsStreamIsLost() throws InterruptedException, IOException {
        try (SocketClient client = SocketClient.connect(container.uri("/im"))) {
            RecordingCore.Opened opened = core.next();

            client.shutdownOutput();

            assertThat(closedOf(opened).code()).isEqualTo(1006);
            assertThat(client.isCutOff()).isTrue();
        }
    }

    /** Half open: the peer reads, and never answers the close. */
    @Test
    void aClientThatDoesNotAnswerTheCloseIsCutOff() throws InterruptedException, IOException {
        try (SocketClient client = SocketClient.connect(container.uri("/im"))) {
            RecordingCore.Opened opened = core.next();

            opened.connection.close(CloseReason.KICKED);

            assertThat(client.closeCode()).isEqualTo(CloseReason.KICKED.code());
            assertThat(closedOf(opened)).isEqualTo(CloseReason.KICKED);
            assertThat(client.isCutOff()).isTrue();
            await().until(() -> registration.connections() == 0);
        }
    }

    /** Both sides close at once: it is one end. */
    @Test
    void closesThatCrossAreOneEnd() throws InterruptedException, IOException {
        for (int i = 0; i < 50; i++) {
            String number = Integer.toString(i);
            try (SocketClient client = SocketClient.connect(container.uri("/im?n=" + number))) {
                RecordingCore.Opened opened = numbered(number);

                threads.execute(() -> opened.connection.close(CloseReason.KICKED));
                client.closeFrame(1000);

                // Where the container is closing already, it may answer with the end of the stream alone.
                client.awaitEnd();
                assertThat(closedOf(opened).code()).isIn(1000, CloseReason.KICKED.code());
            }
        }
        await().until(() -> registration.connections() == 0);
    }

    /** The connection with this number in its query; what a container opens again before it has to be closed again. */
    private RecordingCore.Opened numbered(String number) throws InterruptedException {
        RecordingCore.Opened opened = core.next();
        while (kind.opensClosedConnectionsAgain()
                && !opened.handshake.queryParameter("n").orElseThrow().equals(number)) {
            assertThat(closedOf(opened).code()).isEqualTo(1001);
            opened = core.next();
        }
        return opened;
    }

    @Test
    void closingTwiceAndFromManyThreadsIsOneClose() throws InterruptedException {
        TestClient client = TestClient.connect(container.uri("/im"));
        RecordingCore.Opened opened = core.next();

        for (int i = 0; i < 32; i++) {
            threads.execute(() -> opened.connection.close(CloseReason.KICKED));
        }

        assertThat(client.awaitClose()).isEqualTo(new TestClient.Closed(4102, "kicked"));
        assertThat(closedOf(opened).code()).isEqualTo(4102);
    }

    @Test
    void aWriteAfterTheEndFails() throws InterruptedException {
        TestClient client = TestClient.connect(container.uri("/im"));
        RecordingCore.Opened opened = core.next();
        opened.connection.close(CloseReason.NORMAL);
        client.awaitClose();
        closedOf(opened);

        for (boolean mayBlock : new boolean[] {true, false}) {
            Writes late = Writes.write(opened.connection, List.of(OutboundFrame.of("late")), mayBlock);

            assertThat(late.await()).isNotNull();
            assertThat(late.calls).hasValue(1);
        }
    }

    @Test
    void aWriteThatMayNotBlockReturnsAtOnceThoughNobodyReads() throws InterruptedException, IOException {
        SocketClient client = SocketClient.stalled(container.uri("/im"));
        RecordingCore.Opened opened = core.next();
        long before = System.nanoTime();

        Writes stuck = Writes.write(opened.connection, TOO_MUCH, false);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
        assertThat(stuck.isDone()).isFalse();
        client.reset();
        assertThat(stuck.await()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 4002})
    void closeFreesAWriteThatIsStuck(int code) throws InterruptedException, IOException {
        stuckThenClosed(code, false);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 4002})
    void closeFreesAWriteThatBlocks(int code) throws InterruptedException, IOException {
        stuckThenClosed(code, true);
    }

    private void stuckThenClosed(int code, boolean mayBlock) throws InterruptedException, IOException {
        try (SocketClient client = SocketClient.stalled(container.uri("/im"))) {
            RecordingCore.Opened opened = core.next();
            CompletableFuture<Writes> write =
                    CompletableFuture.supplyAsync(() -> Writes.write(opened.connection, TOO_MUCH, mayBlock), threads);
            // Until it is stuck, it is not there yet: the container takes what the kernel takes.
            await().during(Duration.ofMillis(500))
                    .until(() -> !write.isDone() || !write.join().isDone());
            long before = System.nanoTime();

            opened.connection.close(new CloseReason(code, "slow"));

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(AT_ONCE);
            assertThat(closedOf(opened).code()).isEqualTo(code);
            assertThat(write.orTimeout(A_FEW_SECONDS.toSeconds(), TimeUnit.SECONDS)
                            .join()
                            .await())
                    .isNotNull();
            if (kind.cutsOffWhoDoesNotRead()) {
                assertThat(client.isCutOff()).isTrue();
            }
        }
    }

    private static CloseReason closedOf(RecordingCore.Opened opened) {
        return opened.closed
                .orTimeout(A_FEW_SECONDS.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
