package io.embedim.examples.docs;

import static io.embedim.testkit.RecordingConnectionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.RecordingConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Plays the conversation of docs/protocol.md against a server: the frames in the document are the real ones. */
class ProtocolExchangeTest {

    private final ManualRuntime runtime = new ManualRuntime();
    private final ImServer server =
            ImServer.builder().classicProfile().runtime(runtime).build();
    private final Map<String, Client> clients = new HashMap<>();

    @Test
    void theServerAnswersWhatTheDocumentSays() {
        int played = 0;
        for (Docs.Block block : Docs.blocks(Docs.ROOT.resolve("docs/protocol.md"))) {
            if (block.kind().equals("exchange")) {
                String[] words = block.argument().split(" ", 3);
                play(clients.computeIfAbsent(words[0], name -> new Client()), words, block);
                played++;
            }
        }

        assertThat(played).isGreaterThan(10);
        clients.values().forEach(client -> assertThat(client.unread()).isEmpty());
    }

    private void play(Client client, String[] words, Docs.Block block) {
        switch (words[1]) {
            case "sends" -> client.inbound.received(block.text(), true);
            case "closes" -> client.inbound.closed(CloseReason.NORMAL, null);
            case "receives" -> assertThat(client.next()).as(block.place()).isEqualTo(block.text());
            case "is" ->
                assertThat(client.connection).isClosedWith(Integer.parseInt(words[2].replaceFirst("closed with ", "")));
            default -> throw new AssertionError(block.place() + ": '" + block.argument() + "'");
        }
        runtime.runAll();
    }

    private final class Client {

        private final RecordingConnection connection = new RecordingConnection();
        private final Inbound inbound =
                server.open(connection, Handshake.at("/im").build());
        private int read;

        private String next() {
            assertThat(unread()).isNotEmpty();
            String frame = connection.frames().get(read++);
            return frame.replaceFirst("\"client_id\":\"[^\"]+\"", "\"client_id\":\"*\"");
        }

        private List<String> unread() {
            return connection.frames().subList(read, connection.frames().size());
        }
    }
}
