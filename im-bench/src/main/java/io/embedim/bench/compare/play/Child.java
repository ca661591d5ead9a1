package io.embedim.bench.compare.play;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A process that is told by lines and answers by lines. */
final class Child {

    /** What stands for the end of its output. No line contains it. */
    private static final String END = "\n";

    private final Process process;
    private final Path errors;
    private final Consumer<Child> ended;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    Child(Process process, Path errors, Consumer<Child> ended) {
        this.process = process;
        this.errors = errors;
        this.ended = ended;
        Thread reader = new Thread(this::read, "lines-of-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // It was killed while it wrote; what has come so far is all there is.
        }
        lines.add(END);
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Its next line; empty if none comes in time, or its output has ended. */
    Optional<String> line(Duration limit) {
        try {
            String line = lines.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (END.equals(line)) {
                lines.add(END);
                return Optional.empty();
            }
            return Optional.ofNullable(line);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Gives it an empty line. */
    void goOn() throws IOException {
        OutputStream input = process.getOutputStream();
        input.write('\n');
        input.flush();
    }

    /** The last that it wrote as an error, for a message. */
    String lastError() {
        try {
            List<String> all = Files.readAllLines(errors, StandardCharsets.UTF_8);
            return all.isEmpty() ? "it wrote no error" : all.get(all.size() - 1);
        } catch (IOException e) {
            return "its errors cannot be read";
        }
    }

    /** Ends its input, which tells a server to end, and waits; kills it if it does not. */
    void end(Duration limit) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended already.
        }
        waitFor(limit);
        kill();
    }

    /** Its exit code; empty if it does not end in time. */
    Optional<Integer> waitFor(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
                    ? Optional.of(process.exitValue())
                    : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Ends it at once. */
    void kill() {
        process.destroyForcibly();
        ended.accept(this);
    }
}
