package io.embedim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/**
 * A Redis of the test's own, in a directory of its own, on a free port of the loopback: the {@code redis-server} on the PATH, or the one of embedded-redis where there is none, and always
 * with {@code -Dim.redis=embedded}.
 */
final class TestRedis implements AutoCloseable {

    private final Path directory;
    private final int port;
    private final List<String> options;
    private Process process;

    private TestRedis(int port, List<String> options) {
        this.port = port;
        this.options = options;
        try {
            this.directory = Files.createTempDirectory("im-redis-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.process = launch();
    }

    /** Keeps nothing on disk, unless the options say so. */
    static TestRedis start(String... options) {
        int port = freePort();
        // Nodes of a Cluster need the port 10,000 above it as well.
        while (List.of(options).contains("--cluster-enabled") && port > 55_000) {
            port = freePort();
        }
        return new TestRedis(port, List.of(options));
    }

    /** A Sentinel. */
    static TestRedis sentinel(Path configuration) {
        return new TestRedis(freePort(), List.of(configuration.toString(), "--sentinel"));
    }

    /** A test that needs what the Redis of embedded-redis does not have is skipped there, or fails where IM_REQUIRE has {@code redis}. */
    static void requireOwn(String why) {
        if (onPath().isEmpty()) {
            boolean required = List.of(
                            System.getenv().getOrDefault("IM_REQUIRE", "").split(","))
                    .contains("redis");
            assertThat(required && !isEmbedded())
                    .as("IM_REQUIRE has redis, and there is no redis-server")
                    .isFalse();
            Assumptions.abort(why);
        }
    }

    int port() {
        return port;
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** As a crash does. */
    void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new AssertionError("redis-server " + process.pid() + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    void startAgain() {
        process = launch();
    }

    /** It takes connections and answers nothing. */
    void pause() {
        signal("-STOP");
    }

    void goOn() {
        signal("-CONT");
    }

    /** Answers the first line of the reply to a command whose words have no blanks. */
    String ask(String... words) {
        return String.join("\n", askAll(words));
    }

    private List<String> askAll(String... words) {
        StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            command.append('$')
                    .append(word.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n")
                    .append(word)
                    .append("\r\n");
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(command.toString().getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            return reply(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> reply(InputStream in) throws IOException {
        String line = line(in);
        if (line.startsWith("$")) {
            int length = Integer.parseInt(line.substring(1));
            String value = length < 0 ? "" : new String(in.readNBytes(length), StandardCharsets.UTF_8);
            if (length >= 0) {
                in.readNBytes(2);
            }
            return List.of(value);
        } else if (line.startsWith("*")) {
            List<String> all = new ArrayList<>();
            for (int i = Integer.parseInt(line.substring(1)); i > 0; i--) {
                all.addAll(reply(in));
            }
            return all;
        }
        return List.of(line.startsWith(":") ? line.substring(1) : line);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection ended");
            }
            line.append((char) c);
        }
        in.read();
        return line.toString();
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch() {
        List<String> command = new ArrayList<>(List.of(program()));
        boolean sentinel = options.contains("--sentinel");
        if (sentinel) {
            command.addAll(options);
        }
        command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--dir", directory.toString()));
        if (!options.contains("--appendonly") && !sentinel) {
            command.addAll(List.of("--appendonly", "no"));
        }
        if (!sentinel) {
            command.addAll(List.of("--save", ""));
            command.addAll(options);
        }
        try {
            Process started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("out").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(20))
                    .ignoreExceptions()
                    .until(() -> ask("PING").matches("[+]PONG|-NOAUTH.*"));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
            if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new AssertionError("kill " + signal + " of " + process.pid() + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static boolean isEmbedded() {
        return "embedded".equals(System.getProperty("im.redis"));
    }

    private static Optional<String> onPath() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty() && !isEmbedded())
                .map(entry -> Path.of(entry, "redis-server"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private String program() {
        return onPath().orElseGet(() -> unpack().toString());
    }

    private Path unpack() {
        boolean arm = System.getProperty("os.arch").toLowerCase(Locale.ROOT).contains("aarch64");
        String name = arm ? "/redis-server-6.2.7-linux-arm64" : "/redis-server-6.2.6-v5-linux-amd64";
        Path program = directory.resolve("redis-server");
        try (InputStream in = TestRedis.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError("no redis-server on the PATH and no " + name + " in embedded-redis");
            }
            Files.copy(in, program, StandardCopyOption.REPLACE_EXISTING);
            if (!program.toFile().setExecutable(true)) {
                throw new AssertionError(program + " cannot be made executable");
            }
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
