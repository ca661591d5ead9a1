package io.embedim.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImListener;
import io.embedim.ImServer;
import io.embedim.ImServerBuilder;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.protocol.ClientFrame;
import io.embedim.session.Session;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.RecordingConnection;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class ListenerExampleTest {

    // tag::listener[]
    /** Counts messages, and notes who was here for how long. */
    static final class Bookkeeper implements ImListener {

        private static final Logger LOG = LoggerFactory.getLogger(Bookkeeper.class);

        private final AtomicLong messages = new AtomicLong();

        @Override
        public void received(Session session, ClientFrame frame) {
            if (frame instanceof ClientFrame.SpeakPrivate || frame instanceof ClientFrame.SpeakGroup) {
                messages.incrementAndGet();
            }
        }

        @Override
        public void closed(Session session, CloseReason reason) {
            LOG.info("{} is gone with {}; here since {}", session.id(), reason.code(), session.openedAt());
        }

        long messages() {
            return messages.get();
        }
    }
    // end::listener[]

    @Test
    void theListenerSeesMessages() {
        ManualRuntime runtime = new ManualRuntime();
        // tag::register[]
        Bookkeeper bookkeeper = new Bookkeeper();
        ImServerBuilder builder = ImServer.builder().classicProfile().listener(bookkeeper);
        // end::register[]
        ImServer server = builder.runtime(runtime).build();
        Inbound client =
                server.open(new RecordingConnection(), Handshake.at("/im").build());

        client.received(
                "{\"event\":\"speak\",\"mode\":1,\"group_id\":0,\"from_user_id\":1,\"from_username\":\"A\",\"to_user_id\":2,\"content\":\"hi\"}",
                true);
        client.received("{\"event\":\"ping\"}", true);
        client.closed(CloseReason.NORMAL, null);
        runtime.runAll();

        assertThat(bookkeeper.messages()).isEqualTo(1);
    }
}
