package io.embedim.testkit.fuzz;

import io.embedim.ImServer;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.testkit.ClassicAnswers;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.RecordingConnection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A few clients of one server that send whatever they are given, come again when they are closed, and look at each answer. */
final class Swarm {

    private static final int CLIENTS = 6;

    private final ImServer server;
    private final ManualRuntime runtime;
    private final RandomGenerator random;
    private final ClassicAnswers answers = new ClassicAnswers(128, 1_000);
    private final @Nullable Client[] clients = new Client[CLIENTS];
    private final Map<Integer, Integer> closes = new TreeMap<>();
    private final List<String> complaints = new ArrayList<>();
    private long received;
    private long opened;

    Swarm(ImServer server, ManualRuntime runtime, RandomGenerator random) {
        this.server = server;
        this.runtime = runtime;
        this.random = random;
    }

    /** One client sends one frame, in one piece or in several; all that follows from it happens. */
    void send(String frame) {
        int which = random.nextInt(CLIENTS);
        Client client = clients[which];
        if (client == null || client.isClosed()) {
            client = new Client();
            clients[which] = client;
        }
        client.send(frame);
        runtime.runAll();
        if (random.nextInt(200) == 0) {
            client.inbound.closed(CloseReason.NORMAL, null);
            clients[which] = null;
            runtime.runAll();
        }
        if (!complaints.isEmpty()) {
            throw new AssertionError(complaints.toString());
        }
    }

    /** Kept until the server has returned: what a connection throws, the server takes for the connection's end. */
    private void complain(String complaint) {
        complaints.add(complaint);
    }

    void closeAll() {
        for (Client client : clients) {
            if (client != null) {
                client.inbound.closed(CloseReason.LOST, null);
            }
        }
        Arrays.fill(clients, null);
        runtime.runAll();
    }

    long received() {
        return received;
    }

    long opened() {
        return opened;
    }

    /** How often the server closed a connection, by code. */
    Map<Integer, Integer> closes() {
        return closes;
    }

    private final class Client implements RecordingConnection.Listener {

        private final RecordingConnection connection = new RecordingConnection();
        private final Inbound inbound;
        private boolean told;

        Client() {
            opened++;
            connection.listen(this);
            inbound = server.open(
                    connection,
                    Handshake.at("/im")
                            .headers(Map.of("Accept-Language", List.of(random.nextBoolean() ? "en" : "zh")))
                            .build());
        }

        boolean isClosed() {
            return told;
        }

        void send(String frame) {
            if (frame.length() > 2 && random.nextInt(10) == 0) {
                int cut = random.nextInt(frame.length());
                inbound.received(frame.substring(0, cut), false);
                inbound.received(frame.substring(cut), true);
            } else if (random.nextInt(5_000) == 0) {
                inbound.receivedBinary();
            } else {
                inbound.received(frame, true);
            }
            connection.clear();
        }

        @Override
        public void frame(String text) {
            received++;
            answers.complaint(text).ifPresent(complaint -> complain(complaint + ": " + text));
        }

        @Override
        public void closed(CloseReason reason) {
            told = true;
            closes.merge(reason.code(), 1, Integer::sum);
            if (!ClassicAnswers.isCloseCode(reason.code())) {
                complain("close code " + reason.code() + " is not documented");
            }
            // The adapter reports the end of the socket, as a container would.
            runtime.executor().execute(() -> inbound.closed(reason, null));
        }
    }
}
