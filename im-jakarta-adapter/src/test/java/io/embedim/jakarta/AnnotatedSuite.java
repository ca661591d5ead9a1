package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embedim.ImServer;
import io.embedim.model.Heartbeat;
import io.embedim.model.Limits;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way in by an annotated class, in any container. */
abstract class AnnotatedSuite {

    private final Container container;
    private final ImServer server = ImServer.builder()
            .classicProfile()
            .heartbeat(Heartbeat.pings(Duration.ofSeconds(1)))
            .build();

    AnnotatedSuite(Container.Kind kind) {
        container = kind.create();
    }

    @BeforeEach
    void start() {
        AnnotatedChat.current = server;
        container.annotated(AnnotatedChat.class);
        container.annotated(AnnotatedChat.WithoutConfigurator.class);
        container.start();
    }

    @AfterEach
    void stop() {
        server.close();
        container.close();
        AnnotatedChat.current = null;
    }

    @Test
    void chatsAsARegisteredEndpointDoes() throws InterruptedException {
        TestClient one = TestClient.connect(container.uri("/annotated"));
        TestClient two = TestClient.connect(container.uri("/annotated"));

        one.send(
                "{\"event\":\"join\",\"mode\":1,\"group_id\":0,\"from_user_id\":1,\"from_username\":\"a\",\"content\":\"x\"}");
        assertThat(one.receive()).contains("success");
        two.sendPart(
                        "{\"event\":\"speak\",\"mode\":1,\"group_id\":0,\"from_user_id\":2,\"from_username\":\"b\",",
                        false)
                .sendPart("\"content\":\"Hi 🎉\",\"to_user_id\":1}", true);

        assertThat(one.receive()).contains("b[单聊对]1[说]:Hi 🎉");
        two.sendClose(1000, "");
        await().until(() -> server.connections() == 1);
    }

    @Test
    void pingsAndClosesWhoDoesNotAnswer() throws Exception {
        Pings.closeWhoDoesNotAnswer(container.uri("/annotated"));
    }

    @Test
    void refusesForeignOriginsAndWhatClassicForbids() {
        TestClient foreign = TestClient.connect(container.uri("/annotated"), Map.of("Origin", "https://evil.example"));
        TestClient binary = TestClient.connect(container.uri("/annotated"));
        TestClient tooLong = TestClient.connect(container.uri("/annotated"));

        binary.sendBinary(new byte[] {1});
        tooLong.send("x".repeat(Limits.defaults().frameBytes() + 1));

        assertThat(foreign.awaitClose().code()).isEqualTo(1008);
        assertThat(binary.awaitClose().code()).isEqualTo(1003);
        assertThat(tooLong.awaitClose().code()).isEqualTo(1009);
    }

    @Test
    void endsWithTheServer() {
        TestClient client = TestClient.connect(container.uri("/annotated"));
        await().until(() -> server.connections() == 1);

        server.close();

        assertThat(client.awaitClose().code()).isEqualTo(4001);
        await().until(() -> server.connections() == 0);
    }

    @Test
    void withoutConfiguratorNobodyIsLetIn() {
        assertThat(TestClient.connect(container.uri("/forgotten")).awaitClose().code())
                .isEqualTo(1011);
        assertThat(server.connections()).isZero();
    }
}
