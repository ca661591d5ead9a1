package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.ImListener;
import io.embedim.ImServer;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.model.GroupId;
import io.embedim.protocol.ClientFrame;
import io.embedim.session.Session;
import io.embedim.testkit.ManualRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ListenerTest {

    private final ManualRuntime runtime = new ManualRuntime();

    @Test
    void hearsEverythingInOrder() {
        Recorder recorder = new Recorder();
        Clients clients =
                new Clients(runtime, ImServer.builder().classicProfile().listener(recorder));

        clients.open().join("a").joinGroup("a", 100).speak("a", 100, "hi").close();

        assertThat(recorder.told)
                .containsExactly(
                        "started",
                        "connected",
                        "received JoinPrivate[a]",
                        "bound a",
                        "received JoinGroup[a -> 100]",
                        "joined 100",
                        "received SpeakGroup[a -> 100]",
                        "closed 1000 groups=1");
    }

    @Test
    void whatAListenerThrowsBreaksNothingAndTheNextOneStillHears() {
        Recorder recorder = new Recorder();
        ImListener broken = new ImListener() {
            @Override
            public void started(ImServer server) {
                throw new IllegalStateException("started");
            }

            @Override
            public void connected(Session session, Handshake handshake) {
                throw new StackOverflowError("connected");
            }

            @Override
            public void received(Session session, ClientFrame frame) {
                throw new IllegalStateException("received");
            }

            @Override
            public void closed(Session session, CloseReason reason) {
                throw new NoClassDefFoundError("closed");
            }
        };
        Clients clients = new Clients(
                runtime, ImServer.builder().classicProfile().listener(broken).listener(recorder));
        Clients.Client client = clients.open().join("a").speakTo("a", "a", "hi");

        assertThat(client.heard()).containsExactly("0 success", "0 a[单聊对]a[说]:hi");
        client.close();
        assertThat(recorder.told).contains("started", "connected", "bound a", "closed 1000 groups=0");
        assertThat(clients.server.connections()).isZero();
    }

    @Test
    void aListenerMayCloseAndSetAttributes() {
        List<Session> last = new ArrayList<>();
        ImListener strict = new ImListener() {
            private final CompletableFuture<ImServer> server = new CompletableFuture<>();

            @Override
            public void started(ImServer started) {
                server.complete(started);
            }

            @Override
            public void connected(Session session, Handshake handshake) {
                assertThat(server.join().setAttributes(session.id(), Map.of("seat", "7")))
                        .isNotNull();
            }

            @Override
            public void joined(Session session, GroupId group) {
                assertThat(server.join().close(session.id(), CloseReason.KICKED))
                        .isNotNull();
            }

            @Override
            public void closed(Session session, CloseReason reason) {
                last.add(session);
            }
        };
        Clients clients =
                new Clients(runtime, ImServer.builder().classicProfile().listener(strict));

        Clients.Client client = clients.open().joinGroup("a", 100);

        assertThat(client.heard()).containsExactly("0 success");
        assertThat(client.closeCode()).isEqualTo(4102);
        assertThat(last)
                .singleElement()
                .satisfies(session -> assertThat(session.attributes()).containsEntry("seat", "7"));
    }

    @Test
    void aServerWithoutAChoiceOfIdentityDoesNotStartAndSaysWhatToDo() {
        assertThatThrownBy(() -> ImServer.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("authenticator(")
                .hasMessageContaining("trustClaims()");
    }

    private static final class Recorder implements ImListener {

        private final List<String> told = new ArrayList<>();

        @Override
        public void started(ImServer server) {
            told.add("started");
        }

        @Override
        public void connected(Session session, Handshake handshake) {
            told.add("connected");
        }

        @Override
        public void received(Session session, ClientFrame frame) {
            told.add("received " + frame);
        }

        @Override
        public void bound(Session session) {
            told.add("bound " + session.user());
        }

        @Override
        public void joined(Session session, GroupId group) {
            told.add("joined " + group);
        }

        @Override
        public void closed(Session session, CloseReason reason) {
            told.add("closed " + reason.code() + " groups=" + session.groups().size());
        }
    }
}
