package io.embedim.bench.compare.play;

import io.embedim.bench.compare.plan.Layout;
import io.embedim.bench.compare.plan.Peer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A peer's process. */
final class Server implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(40);
    private static final Duration END = Duration.ofSeconds(5);

    private final Children children;
    private final Child child;
    private final Peer peer;
    private final ReadyLine ready;

    private Server(Children children, Child child, Peer peer, ReadyLine ready) {
        this.children = children;
        this.child = child;
        this.peer = peer;
        this.ready = ready;
    }

    /** The command, with maybe something before it. */
    static List<String> command(Peer peer, Layout layout, List<String> before) {
        List<String> command = new ArrayList<>(before);
        command.addAll(peer.launch().command(layout));
        return command;
    }

    /** Starts one and waits until it accepts connections. */
    static Server start(Children children, Peer peer, List<String> command) throws Failed {
        try {
            Child child = children.start("server-" + peer.name(), command);
            long until = System.nanoTime() + START.toNanos();
            while (System.nanoTime() < until) {
                Optional<String> line = child.line(Duration.ofNanos(until - System.nanoTime()));
                if (line.isEmpty()) break;
                Optional<ReadyLine> ready = ReadyLine.parse(line.get());
                if (ready.isPresent()) return new Server(children, child, peer, ready.get());
            }
            boolean alive = child.waitFor(Duration.ofMillis(500)).isEmpty();
            child.kill();
            throw new Failed((alive
                            ? "expected a line 'ready … port=N pid=N' within " + START.toSeconds() + " s; none came"
                            : "it ended before it was ready")
                    + " (" + child.lastError() + ")");
        } catch (IOException e) {
            throw new Failed("it cannot be started: " + e.getMessage(), e);
        }
    }

    Peer peer() {
        return peer;
    }

    int port() {
        return ready.port();
    }

    long pid() {
        return ready.pid();
    }

    boolean alive() {
        return child.alive();
    }

    /** Takes the processor from it until it is resumed, so that it cannot disturb the others. */
    void pause() throws Failed {
        signal("STOP");
    }

    /** Lets it run. */
    void resume() throws Failed {
        signal("CONT");
    }

    private void signal(String name) throws Failed {
        if (!alive()) return;
        try {
            Child kill = children.start("signals", List.of("sh", "-c", "kill -" + name + " " + pid()));
            kill.waitFor(END);
            kill.kill();
        } catch (IOException e) {
            throw new Failed("cannot send it the signal " + name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            resume();
        } catch (Failed e) {
            child.kill();
        }
        child.end(END);
    }
}
