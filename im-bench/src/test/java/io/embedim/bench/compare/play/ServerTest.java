package io.embedim.bench.compare.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.embedim.bench.compare.plan.Peer;
import io.embedim.bench.compare.plan.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that are servers, or not. */
class ServerTest {

    private static final Peer PEER = Peers.ALL.get(0);

    @TempDir
    Path directory = Path.of("");

    @SuppressWarnings("NullAway.Init") // Made before each test.
    private Children children;

    @BeforeEach
    void open() throws IOException {
        children = new Children(directory, directory);
    }

    @AfterEach
    void close() {
        children.close();
    }

    @Test
    void aServerIsPausedAndResumedAndEndsWithItsInput() throws Failed, IOException {
        Server server = Server.start(children, PEER, shell("echo ready peer=x port=7 pid=$$; cat >/dev/null"));

        assertThat(server.port()).isEqualTo(7);
        server.pause();
        await().until(() -> state(server.pid()) == 'T');
        server.resume();
        await().until(() -> state(server.pid()) != 'T');
        server.close();

        assertThat(server.alive()).isFalse();
        assertThat(children.living()).isZero();
    }

    @Test
    void oneThatEndsBeforeItIsReadyIsToldWithItsLastWords() {
        assertThatExceptionOfType(Failed.class)
                .isThrownBy(() -> Server.start(children, PEER, shell("echo no port left >&2; exit 3")))
                .withMessage("it ended before it was ready (no port left)");
        assertThat(children.living()).isZero();
    }

    @Test
    void oneThatIsNotThereIsTold() {
        assertThatExceptionOfType(Failed.class)
                .isThrownBy(() -> Server.start(children, PEER, List.of("no-such-server")))
                .withMessageContaining("no-such-server");
    }

    @Test
    void pausedOnesEndWithAllTheOthers() throws Failed {
        Server server = Server.start(children, PEER, shell("echo ready peer=x port=7 pid=$$; cat >/dev/null"));
        server.pause();

        children.close();

        assertThat(ProcessHandle.of(server.pid())
                        .map(each -> each.onExit().join().isAlive()))
                .isIn(Optional.empty(), Optional.of(false));
        assertThatExceptionOfType(Children.Ending.class).isThrownBy(() -> children.start("x", List.of("true")));
    }

    private static List<String> shell(String script) {
        return List.of("sh", "-c", script);
    }

    /** T is stopped, S sleeps, R runs. */
    private static char state(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return stat.charAt(stat.lastIndexOf(')') + 2);
    }
}
