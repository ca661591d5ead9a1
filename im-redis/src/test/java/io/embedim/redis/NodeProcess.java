package io.embedim.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A {@link NodeMain}, which can be killed as {@code kill -9} does. */
final class NodeProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("ready (\\d+)\n");

    private final Process process;
    private final Path output;
    private int port;

    private NodeProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Does not wait for it; {@link #awaitReady} does. */
    static NodeProcess start(String redis, String prefix, Duration lease, Duration timeOut) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        try {
            Path output = Files.createTempFile("im-node-", ".txt");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx400m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            classPath,
                            NodeMain.class.getName(),
                            redis,
                            prefix,
                            lease.toString(),
                            timeOut.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new NodeProcess(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    NodeProcess awaitReady() {
        Awaitility.await("the node is ready")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !process.isAlive() || READY.matcher(output()).find());
        Matcher ready = READY.matcher(output());
        if (!ready.find()) {
            throw new AssertionError("the node ended with " + process.exitValue() + ": " + output());
        }
        port = Integer.parseInt(ready.group(1));
        return this;
    }

    URI socket(String query) {
        return URI.create("ws://127.0.0.1:" + port + "/im?" + query);
    }

    /** What its listings know of such users and that group, see {@link Listings}. */
    String listings(HttpClient client, String user, String group) {
        URI uri = URI.create("http://127.0.0.1:" + port + "/listings?user=" + user + "&group=" + group);
        try {
            return client.send(
                            HttpRequest.newBuilder(uri)
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** What it printed, its log too. */
    String output() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new AssertionError("node " + process.pid() + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    static void closeAll(List<NodeProcess> nodes) {
        nodes.forEach(NodeProcess::close);
    }

    @Override
    public void close() {
        kill();
        try {
            Files.deleteIfExists(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
