package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;

/** What a heartbeat of pings does, by whichever way in. */
final class Pings {

    private Pings() {}

    /** Who does not answer is as a client whose network is gone: it says nothing, and its socket is open. */
    static void closeWhoDoesNotAnswer(URI uri) throws Exception {
        TestClient answers = TestClient.connect(uri);
        try (SocketClient gone = SocketClient.connect(uri)) {
            assertThat(gone.read().opcode).isEqualTo(SocketClient.PING);
            assertThat(gone.closeCode()).isEqualTo(4003);
        }

        answers.send("{\"event\":\"ping\"}");
        assertThat(answers.receive()).contains("心跳检测");
    }
}
