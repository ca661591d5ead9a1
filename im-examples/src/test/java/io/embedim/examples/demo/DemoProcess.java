package io.embedim.examples.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The demo as a process of its own. */
public final class DemoProcess implements AutoCloseable {

    private static final Pattern UNSAFE = Pattern.compile(
            "WARNING: A terminally deprecated method in sun\\.misc\\.Unsafe has been called\\R(WARNING: .*\\R){3}");
    private static final Pattern READY = Pattern.compile("embedim demo ready: (\\S+) .*");

    private final Process process;
    private final Path out;
    private final Path err;

    private DemoProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** From the classes of this module. */
    public static DemoProcess ofClassPath(Path directory, String... args) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return start(directory, List.of("-cp", classPath, DemoMain.class.getName()), args);
    }

    /** From the jar that users run. */
    static DemoProcess ofJar(Path jar, Path directory, String... args) throws IOException {
        return start(directory, List.of("-jar", jar.toString()), args);
    }

    private static DemoProcess start(Path directory, List<String> what, String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(what);
        command.addAll(List.of(args));
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
        return new DemoProcess(process, out, err);
    }

    /** Waits for the ready line and gives the URL in it. */
    public String url() throws IOException {
        Awaitility.await("the ready line")
                .atMost(Duration.ofSeconds(60))
                .until(() -> !process.isAlive() || READY.matcher(out()).find());
        Matcher ready = READY.matcher(out());
        if (!ready.find()) {
            throw new AssertionError("the demo ended with code " + process.exitValue() + ": " + err());
        }
        return ready.group(1);
    }

    /** Asks the process to end, as a service manager does. */
    void terminate() {
        process.destroy();
    }

    /** Ends the process as {@code kill -9} does: it has no say in it. By the handle, so that files which it writes to stay open until it is gone. */
    public void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        int ignored = exitCode(Duration.ofSeconds(30));
    }

    int exitCode(Duration within) throws InterruptedException {
        if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the demo runs on after " + within);
        }
        return process.exitValue();
    }

    String out() throws IOException {
        return Files.readString(out, UTF_8);
    }

    /** What the demo itself has to say: from 24 on the JVM warns of {@code sun.misc.Unsafe}, which Undertow's threads use. */
    String err() throws IOException {
        return UNSAFE.matcher(Files.readString(err, UTF_8)).replaceAll("");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
