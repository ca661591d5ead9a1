package io.embedim.testkit;

import io.embedim.ImServer;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.testkit.conformance.ConformanceTransport;
import java.time.Duration;

/**
 * Clients of an {@link ImServer} without sockets and threads: what they send is handled when {@link #settle()} runs the runtime.
 *
 * <p>For one thread. The server and its runtime belong to the test.
 */
public final class InMemoryTransport implements ConformanceTransport {

    private final ImServer server;
    private final ManualRuntime runtime;

    /**
     * A transport to a server.
     *
     * @param server the server
     * @param runtime the runtime that the server was built with
     */
    public InMemoryTransport(ImServer server, ManualRuntime runtime) {
        this.server = server;
        this.runtime = runtime;
    }

    @Override
    public Client open(Inbox inbox) {
        RecordingConnection connection = new RecordingConnection();
        connection.listen(new RecordingConnection.Listener() {
            @Override
            public void frame(String text) {
                inbox.received(text);
            }

            @Override
            public void closed(CloseReason reason) {
                inbox.closed(reason.code());
            }
        });
        Inbound inbound = server.open(connection, Handshake.at("/im").build());
        return new InMemoryClient(inbound);
    }

    @Override
    public void settle() {
        runtime.runAll();
    }

    @Override
    public Duration patience() {
        return Duration.ZERO;
    }

    private record InMemoryClient(Inbound inbound) implements Client {

        @Override
        public void send(String text) {
            inbound.received(text, true);
        }

        @Override
        public void close() {
            inbound.closed(CloseReason.NORMAL, null);
        }
    }
}
