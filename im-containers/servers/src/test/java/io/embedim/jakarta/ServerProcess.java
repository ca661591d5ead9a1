package io.embedim.jakarta;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server as a process of its own, with a directory of its own, on a free port of the loopback. */
abstract class ServerProcess {

    private static final Path WAR = Path.of(property("im.war"));
    static final Path SERVERS = Path.of(property("im.servers"));

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Path BIN = Path.of(System.getProperty("java.home"), "bin");

    /** What it writes goes here, logs too. */
    final Path work;

    final int port = freePort();

    private @Nullable Process process;

    ServerProcess(String name) {
        work = SERVERS.resolveSibling("server-" + name);
    }

    /** Fills {@link #work}. */
    abstract void prepare() throws IOException;

    /** Arguments behind {@code java}. */
    abstract List<String> arguments() throws IOException;

    Map<String, String> environment() {
        return Map.of();
    }

    /** The web application as this server gets it. */
    Path war() throws IOException {
        return WAR;
    }

    /** Whether it finds the methods of an annotated endpoint in its superclass. */
    boolean inheritsAnnotations() {
        return true;
    }

    /** Whether a write to a client that reads always ends. */
    boolean tellsOfEveryWrite() {
        return true;
    }

    /** Begins to deploy; {@link #deploy} waits. */
    abstract void beginDeploy() throws IOException;

    /** Begins to undeploy; {@link #undeploy} waits. */
    abstract void beginUndeploy() throws IOException;

    void start() throws IOException {
        delete(work);
        Files.createDirectories(work);
        prepare();
        List<String> command = new ArrayList<>();
        command.add(BIN.resolve("java").toString());
        command.add("-Xmx512m");
        command.addAll(arguments());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("console.log").toFile());
        builder.environment().putAll(environment());
        Process started = builder.start();
        process = started;
        // Also where this JVM is told to end in the middle of a test.
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    }

    void deploy() throws IOException {
        beginDeploy();
        awaitStatus(200);
    }

    void undeploy() throws IOException {
        beginUndeploy();
        awaitStatus(404);
    }

    private void awaitStatus(int status) {
        await("status " + status + ", see " + work.resolve("console.log"))
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .failFast(
                        "the server has ended, see " + work.resolve("console.log"),
                        () -> !process().isAlive())
                .until(() -> status("/probe") == status);
    }

    Process process() {
        return Objects.requireNonNull(process, "not started");
    }

    URI uri(String path) {
        return URI.create("ws://localhost:" + port + "/im" + path);
    }

    /** The status of a page, or 0 where nobody listens yet. */
    int status(String path) throws IOException, InterruptedException {
        try {
            return answer(path).statusCode();
        } catch (ConnectException e) {
            return 0;
        }
    }

    String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = answer(path);
        if (answer.statusCode() != 200) {
            throw new IOException(path + " is answered with " + answer.statusCode());
        }
        return answer.body();
    }

    private HttpResponse<String> answer(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/im" + path))
                .timeout(Duration.ofSeconds(20))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** The threads of the server whose names begin so, with their stacks, as the JVM prints them. */
    List<String> threads(String prefix) {
        return Stream.of(ask("Thread.print").collect(Collectors.joining("\n")).split("\n\n"))
                .filter(thread -> thread.startsWith("\"" + prefix))
                .toList();
    }

    /** How many instances of a class survive a collection. */
    long instances(Class<?> type) {
        return ask("GC.class_histogram")
                .map(line -> line.strip().split("\\s+"))
                .filter(row -> row.length >= 4 && row[3].equals(type.getName()))
                .mapToLong(row -> Long.parseLong(row[1]))
                .sum();
    }

    /** Asks the JVM of the server by its diagnostic commands. */
    private Stream<String> ask(String command) {
        try {
            Path answer = work.resolve(command + ".txt");
            Process asked = new ProcessBuilder(
                            BIN.resolve("jcmd").toString(),
                            String.valueOf(process().pid()),
                            command)
                    .redirectErrorStream(true)
                    .redirectOutput(answer.toFile())
                    .start();
            if (!asked.waitFor(20, TimeUnit.SECONDS) || asked.exitValue() != 0) {
                asked.destroyForcibly();
                throw new IOException("jcmd " + command + " failed, see " + answer);
            }
            return Files.readString(answer, StandardCharsets.UTF_8).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    void stop() throws InterruptedException {
        Process started = process;
        if (started != null) {
            started.destroy();
            if (!started.waitFor(20, TimeUnit.SECONDS)) {
                started.destroyForcibly().waitFor();
            }
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("system property " + name + " is not set; see pom.xml");
        }
        return value;
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    /** A directory that is watched never sees half of a file. */
    static void putInto(Path directory, Path file) throws IOException {
        Path name = Objects.requireNonNull(file.getFileName());
        Path whole = Files.copy(file, directory.resolveSibling(name), StandardCopyOption.REPLACE_EXISTING);
        Files.move(whole, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
