package io.embedim.jakarta;

import io.embedim.ImServer;
import io.embedim.connection.Connection;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.model.Limits;
import io.embedim.security.Authentication;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What an endpoint needs of a server. Two that stand for the same server are equal. */
interface Core {

    CompletionStage<Authentication> authenticate(Handshake handshake);

    /** Takes on a connection; where nobody has been asked yet who the client is, {@code authentication} is null. */
    Inbound open(Connection connection, Handshake handshake, @Nullable Authentication authentication);

    Limits limits();

    /** Which sub-protocols clients may ask for. */
    List<String> subprotocols();

    /** Whether clients are pinged, so that their pongs are wanted. */
    boolean pings();

    /** Whether nobody is let in any more. */
    boolean isDraining();

    /** In how many seconds who is refused now should come back, where that is known. */
    OptionalInt retryAfter();

    /** Ends the server. */
    void close();

    static Core of(ImServer server) {
        return new OfServer(server);
    }

    /** The real one. */
    record OfServer(ImServer server) implements Core {

        @Override
        public CompletionStage<Authentication> authenticate(Handshake handshake) {
            return server.authenticate(handshake);
        }

        @Override
        public Inbound open(Connection connection, Handshake handshake, @Nullable Authentication authentication) {
            return authentication == null
                    ? server.open(connection, handshake)
                    : server.open(connection, handshake, authentication);
        }

        @Override
        public Limits limits() {
            return server.limits();
        }

        @Override
        public List<String> subprotocols() {
            return server.subprotocols();
        }

        @Override
        public boolean pings() {
            // Clients of im.v2 are pinged, whatever classic ones are sent.
            return server.heartbeat()
                    .filter(heartbeat -> heartbeat.message() == null
                            || !server.subprotocols().isEmpty())
                    .isPresent();
        }

        @Override
        public boolean isDraining() {
            return server.isDraining();
        }

        @Override
        public OptionalInt retryAfter() {
            return server.retryAfter();
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
