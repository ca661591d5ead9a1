package io.embedim.testkit.simulation;

import io.embedim.ImServer;
import io.embedim.ImServerBuilder;
import io.embedim.connection.Connection;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.conversation.LogBroker;
import io.embedim.monitor.ServerStats;
import io.embedim.protocol.ValidatorBootstrap;
import io.embedim.runtime.ImRuntime;
import io.embedim.security.Authenticator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** An {@link ImServer} on a backend. */
final class ServerSystem implements SimulatedSystem {

    private final ImRuntime runtime;
    private final Function<ImRuntime, ? extends SimulatedBackend> factory;
    private final ValidatorBootstrap validation;
    private SimulatedBackend backend;

    ServerSystem(
            ImRuntime runtime, Function<ImRuntime, ? extends SimulatedBackend> factory, ValidatorBootstrap validation) {
        this.runtime = runtime;
        this.factory = factory;
        this.validation = validation;
        this.backend = factory.apply(runtime);
    }

    @Override
    public SimulatedServer start(ImRuntime process, UnaryOperator<LogBroker> faults) {
        LogBroker broker = faults.apply(backend.node(process));
        ImServerBuilder builder = ImServer.builder()
                .authenticator(Authenticator.containerPrincipal())
                .runtime(process)
                .validation(validation)
                .broker(broker);
        backend.setUp(builder);
        return new Started(builder.build(), broker);
    }

    @Override
    public int mostNodes() {
        return backend.mostNodes();
    }

    @Override
    public boolean speaksClassic() {
        return true;
    }

    @Override
    public void lose() {
        backend.close();
        backend = factory.apply(runtime);
    }

    @Override
    public void loseLogs() {
        if (!backend.loseLogs()) {
            lose();
        }
    }

    @Override
    public List<LostEntry> loseTail(int entries) {
        return backend.loseTail(entries);
    }

    private record Started(ImServer server, LogBroker broker) implements SimulatedServer {

        @Override
        public Inbound open(Connection connection, Handshake handshake) {
            return server.open(connection, handshake);
        }

        @Override
        public void close() {
            server.close();
        }

        @Override
        public void died() {
            broker.close();
        }

        @Override
        public Map<String, Long> leftovers() {
            ServerStats.Open open = server.stats().open();
            Map<String, Long> left = new LinkedHashMap<>();
            left.put("connections", (long) open.connections());
            left.put("users", (long) open.users());
            left.put("groups", (long) open.groups());
            left.put("queued bytes", open.queuedBytes());
            return left;
        }
    }
}
