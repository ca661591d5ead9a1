package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.model.GroupId;
import io.embedim.model.Limits;
import io.embedim.model.UserId;
import io.embedim.protocol.ValidationRules;
import io.embedim.security.AccessPolicy;
import io.embedim.security.Actor;
import io.embedim.security.Decision;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.RecordingConnection.Completion;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private static final String PING = "{\"event\":\"ping\"}";

    private final ManualRuntime runtime = new ManualRuntime();

    private Clients with(Limits limits) {
        return new Clients(runtime, ImServer.builder().classicProfile().limits(limits));
    }

    @Test
    void aFrameMayHaveTheLimitInBytesAndNotOneMore() {
        Clients clients = with(Limits.defaults().withFrameBytes(100));
        String fits = padded(100);

        assertThat(clients.open().send(fits).heard()).containsExactly("0 心跳检测");
        assertThat(clients.open().send(fits + " ").closeCode()).isEqualTo(1009);
        assertThat(clients.open()
                        .send("{\"event\":\"ping\",\"a\":\"" + "阿".repeat(34) + "\"}")
                        .closeCode())
                .isEqualTo(1009);
    }

    @Test
    void aServerThatIsBehindSlowsDownWhoSendsAndClosesNobody() {
        Clients clients = with(Limits.defaults().withOutbound(20_000, Duration.ofSeconds(10)));
        Clients.Client sender = clients.open().joinGroup("a", 100);
        Clients.Client member = clients.open().joinGroup("b", 100);
        member.heard();

        // The runtime does not run meanwhile, so the lanes have no turn.
        for (int i = 0; i < 200; i++) {
            sender.inbound.received(Clients.frame("speak", 2, 100, "a", "\"content\":\"message " + i + "\""), true);
        }
        runtime.runAll();

        assertThat(member.closeCode()).isZero();
        assertThat(member.heard())
                .containsExactlyElementsOf(IntStream.range(0, 200)
                        .mapToObj(i -> "0 a[群聊说]:message " + i)
                        .toList());
    }

    @Test
    void partsArePutTogetherUpToTheLimit() {
        Clients clients = with(Limits.defaults().withFrameBytes(100));
        Clients.Client client = clients.open();
        String text = "{\"event\":\"ping\",\"a\":\"😀\"}";
        int inside = text.indexOf("😀") + 1;
        client.inbound.received(text.substring(0, inside), false);
        client.inbound.received("", false);
        client.inbound.received(text.substring(inside), true);
        runtime.runAll();
        assertThat(client.heard()).containsExactly("0 心跳检测");

        client.inbound.received(" ".repeat(60), false);
        client.inbound.received(" ".repeat(60), false);
        client.inbound.received(PING, true);
        runtime.runAll();

        assertThat(client.closeCode()).isEqualTo(1009);
        assertThat(client.heard()).isEmpty();
    }

    @Test
    void whoSendsFasterThanABackendAnswersIsClosedWith4004() {
        Limits limits = Limits.defaults().withInbound(10, 1_000_000);
        Clients clients = new Clients(
                runtime, ImServer.builder().trustClaims().limits(limits).accessPolicy(new NeverAnswers()));
        Clients.Client client = clients.open().speak("a", 100, "first");
        for (int i = 0; i < 10; i++) {
            client.send(PING);
        }
        assertThat(client.closeCode()).isZero();

        client.send(PING);

        assertThat(client.closeCode()).isEqualTo(4004);
    }

    @Test
    void whatWaitsIsBoundedInBytesToo() {
        Limits limits = Limits.defaults().withInbound(1_000, 1_000);
        Clients clients = new Clients(
                runtime, ImServer.builder().trustClaims().limits(limits).accessPolicy(new NeverAnswers()));
        Clients.Client client = clients.open().speak("a", 100, "first");

        client.send(padded(500));
        assertThat(client.closeCode()).isZero();
        client.send(padded(501));

        assertThat(client.closeCode()).isEqualTo(4004);
    }

    @Test
    void aFurtherGroupThanTheLimitIsRefused() {
        Clients.Client client =
                with(Limits.defaults().withGroupsPerConnection(2)).open();

        client.joinGroup("a", 1).joinGroup("a", 2).joinGroup("a", 3).joinGroup("a", 2);

        assertThat(client.heard()).containsExactly("0 success", "0 success", "403 一个连接最多加入2个群组", "0 success");
    }

    @Test
    void whoDoesNotReadIsClosedWith4002ByTheBytesThatWaitAndTheOthersAreNot() {
        Clients clients = with(Limits.defaults().withOutbound(2_000, Duration.ofSeconds(10)));
        Clients.Client healthy = clients.open().joinGroup("healthy", 100);
        Clients.Client stuck = clients.open().joinGroup("stuck", 100);
        stuck.connection.complete(Completion.NEVER);
        healthy.heard();

        for (int i = 0; i < 30; i++) {
            healthy.speak("healthy", 100, "message " + i);
        }

        assertThat(stuck.closeCode()).isEqualTo(4002);
        assertThat(healthy.heard()).hasSize(31).contains("0 close");
        assertThat(healthy.closeCode()).isZero();
        assertThat(clients.server.connections()).isEqualTo(1);
    }

    @Test
    void whoDoesNotReadIsClosedWith4002ByTheTimerWithoutAnotherSender() {
        Clients clients = with(Limits.defaults());
        Clients.Client stuck = clients.open();
        stuck.connection.complete(Completion.NEVER);
        stuck.send(PING);

        runtime.advance(Duration.ofSeconds(9));
        assertThat(stuck.closeCode()).isZero();
        runtime.advance(Duration.ofSeconds(3));

        assertThat(stuck.closeCode()).isEqualTo(4002);
    }

    @Test
    void anInvalidFrameOfWhoDoesNotReadClosesInTime() {
        Clients clients = with(Limits.defaults());
        Clients.Client stuck = clients.open();
        stuck.connection.complete(Completion.NEVER);
        stuck.send("no json");

        runtime.advance(Duration.ofSeconds(12));

        assertThat(stuck.connection.closes()).isEqualTo(1);
        assertThat(clients.server.connections()).isZero();
    }

    @Test
    void whoIsSilentForTooLongIsClosedWith4003() {
        Clients clients = with(Limits.defaults().withIdleTime(Duration.ofSeconds(30)));
        Clients.Client silent = clients.open();
        Clients.Client lively = clients.open();

        runtime.advance(Duration.ofSeconds(20));
        lively.send(PING);
        runtime.advance(Duration.ofSeconds(20));

        assertThat(silent.closeCode()).isEqualTo(4003);
        assertThat(lively.closeCode()).isZero();
    }

    @Test
    void contentLengthGroupFormAndAvatarAreTheApplicationsChoice() {
        ValidationRules rules = ValidationRules.defaults()
                .withMaxContent(3)
                .withGroupIdForm(id -> id.startsWith("room-"))
                .withAvatarRequired(true);
        Clients clients =
                new Clients(runtime, ImServer.builder().classicProfile().validationRules(rules));
        String frame =
                "{\"event\":\"join\",\"mode\":2,\"group_id\":\"%s\",\"from_user_id\":\"a\",\"from_username\":\"a\"%s"
                        + ",\"content\":\"%s\"}";
        String avatar = ",\"from_avatar\":\"a.png\"";

        assertThat(clients.open().send(frame.formatted("room-1", avatar, "abc")).heard())
                .containsExactly("0 success");
        assertThat(clients.open()
                        .send(frame.formatted("room-1", avatar, "abcd"))
                        .heard())
                .containsExactly("400 消息内容最大支持3个字符");
        assertThat(clients.open().send(frame.formatted("room-1", "", "abc")).heard())
                .containsExactly("400 用户头像是必须的");
        assertThat(clients.open()
                        .send(frame.formatted("100", avatar, "abc"))
                        .heard()
                        .get(0))
                .startsWith("400 群组group_id");
    }

    private static String padded(int length) {
        return PING.substring(0, PING.length() - 1) + " ".repeat(length - PING.length()) + "}";
    }

    private static final class NeverAnswers implements AccessPolicy {

        @Override
        public CompletionStage<Decision> join(Actor actor, GroupId group) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<Decision> speak(Actor actor, GroupId group) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<Decision> speak(Actor actor, UserId to) {
            return new CompletableFuture<>();
        }
    }
}
