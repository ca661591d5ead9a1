package io.embedim.bench.compare.play;

import io.embedim.bench.compare.plan.Layout;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs the load client. */
final class Load {

    private final Children children;
    private final Layout layout;
    private final List<String> before;

    /** A client with maybe something before its command. */
    Load(Children children, Layout layout, List<String> before) {
        this.children = children;
        this.layout = layout;
        this.before = before;
    }

    /** What to do where the client pauses. */
    interface AtPause {

        /** Called when the client has said where it stands, and before it goes on. */
        void at(String where) throws IOException;
    }

    List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(before);
        command.add(layout.client());
        command.addAll(arguments);
        return command;
    }

    /** Runs it to its end. A run that lost messages has figures; one that broke off has none. */
    ClientLine run(List<String> arguments, Duration limit, AtPause pause) throws Failed {
        try {
            Child client = children.start("client", command(arguments));
            try {
                return follow(client, limit, pause);
            } finally {
                client.kill();
            }
        } catch (IOException e) {
            throw new Failed("the load client cannot be run: " + e.getMessage(), e);
        }
    }

    private static ClientLine follow(Child client, Duration limit, AtPause pause) throws Failed, IOException {
        long until = System.nanoTime() + limit.toNanos();
        Optional<ClientLine> result = Optional.empty();
        while (true) {
            Optional<String> line = client.line(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
            if (line.isEmpty()) break;
            Optional<ClientLine> parsed = ClientLine.parse(line.get());
            if (parsed.isPresent()) {
                result = parsed;
            } else {
                pause.at(line.get());
                client.goOn();
            }
        }
        if (result.isPresent()) return result.get();
        if (client.alive() && client.waitFor(Duration.ofSeconds(1)).isEmpty()) {
            throw new Failed("expected a result within " + limit.toSeconds() + " s; none came");
        }
        throw new Failed("the load client gave no result: " + client.lastError());
    }
}
