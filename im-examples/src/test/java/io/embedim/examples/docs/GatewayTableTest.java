package io.embedim.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.DrainReport;
import io.embedim.ImServer;
import io.embedim.ImServerBuilder;
import io.embedim.ServerMessage;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.Heartbeat;
import io.embedim.model.Limits;
import io.embedim.model.Target;
import io.embedim.model.UserId;
import io.embedim.session.Presence;
import io.embedim.session.Session;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.RecordingConnection;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every row of the table in the how-to, tried: what the original's users called, in our words. */
class GatewayTableTest {

    private static final String HOW_TO = "docs/how-to/server-api.md";
    private static final Pattern CALL = Pattern.compile("\\b([a-z]\\w+)\\(");
    private static final UserId ANNE = UserId.of("anne");
    private static final UserId BERT = UserId.of("bert");
    private static final GroupId GROUP = GroupId.of("100");
    private static final GroupId OTHER = GroupId.of("200");
    private static final ServerMessage MESSAGE = ServerMessage.text("{\"type\":\"news\"}");

    private final ManualRuntime runtime = new ManualRuntime();
    private final ImServer server =
            ImServer.builder().classicProfile().runtime(runtime).build();
    private final Presence presence = server.presence();
    private final Client anne = open().bound(ANNE).in(GROUP);
    private final Client anneToo = open().bound(ANNE).in(GROUP).in(OTHER);
    private final Client bert = open().bound(BERT).in(OTHER);
    private final Client nobody = open();

    /** Which row of the table a test proves. */
    @Retention(RetentionPolicy.RUNTIME)
    private @interface Row {
        String value();
    }

    @Test
    void everyRowHasATestAndEveryTestARow() {
        List<String> proven = Arrays.stream(GatewayTableTest.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Row.class))
                .peek(method -> assertThat(method.isAnnotationPresent(Test.class))
                        .as("%s is run", method.getName())
                        .isTrue())
                .map(method -> method.getAnnotation(Row.class).value())
                .toList();

        assertThat(Docs.firstCells(HOW_TO, "gateway"))
                .hasSizeGreaterThan(30)
                .containsExactlyInAnyOrderElementsOf(proven);
    }

    @Test
    void everyRowIsProvenByTheCallsThatItShows() {
        String source = Docs.read("im-examples/src/test/java/io/embedim/examples/docs/GatewayTableTest.java");

        rows().forEach((row, here) -> {
            int start = source.indexOf("@Row(\"" + row + "\")");
            assertThat(start).as(row).isPositive();
            String test = source.substring(start, source.indexOf("\n    }\n", start));
            List<String> calls = CALL.matcher(here)
                    .results()
                    .map((MatchResult call) -> call.group(1))
                    .toList();
            assertThat(calls).as("calls shown for %s", row).isNotEmpty();
            assertThat(calls)
                    .as("calls shown for %s", row)
                    .allSatisfy(call -> assertThat(test).contains(call + "("));
        });
    }

    @Test
    @Row("sendToAll")
    void sendToAll() {
        assertThat(now(server.send(Target.all(), MESSAGE)).queued()).isEqualTo(4);

        assertHeard(anne, anneToo, bert, nobody);
    }

    @Test
    @Row("sendToAll with client ids")
    void sendToSome() {
        now(server.send(Target.connections(List.of(anne.id, nobody.id)), MESSAGE));

        assertHeard(anne, nobody);
    }

    @Test
    @Row("sendToAll with excluded client ids")
    void sendToAllButSome() {
        now(server.send(Target.all().except(Target.connection(anne.id, bert.id)), MESSAGE));

        assertHeard(anneToo, nobody);
    }

    @Test
    @Row("sendToClient")
    void sendToClient() {
        now(server.send(Target.connection(nobody.id), MESSAGE));

        assertHeard(nobody);
    }

    @Test
    @Row("sendToCurrentClient")
    void sendToCurrentClient() {
        Session session = now(presence.session(anne.id)).orElseThrow();

        now(server.send(Target.connection(session.id()), MESSAGE));

        assertHeard(anne);
    }

    @Test
    @Row("sendToUid")
    void sendToUid() {
        now(server.send(Target.user(ANNE), MESSAGE));

        assertHeard(anne, anneToo);
    }

    @Test
    @Row("sendToUid with several")
    void sendToUids() {
        now(server.send(Target.users(List.of(ANNE, BERT)), MESSAGE));

        assertHeard(anne, anneToo, bert);
    }

    @Test
    @Row("sendToGroup")
    void sendToGroup() {
        now(server.send(Target.group(GROUP), MESSAGE));

        assertHeard(anne, anneToo);
    }

    @Test
    @Row("sendToGroup with several")
    void sendToGroups() {
        now(server.send(Target.groups(List.of(GROUP, OTHER)), MESSAGE));

        assertHeard(anne, anneToo, bert);
    }

    @Test
    @Row("sendToGroup with excluded client ids")
    void sendToGroupButSome() {
        now(server.send(Target.group(GROUP).except(Target.connection(anne.id)), MESSAGE));

        assertHeard(anneToo);
    }

    @Test
    @Row("bindUid")
    void bindUid() {
        assertThat(now(server.bind(nobody.id, BERT))).isTrue();

        assertThat(now(presence.userOf(nobody.id))).contains(BERT);
    }

    @Test
    @Row("unbindUid")
    void unbindUid() {
        assertThat(now(server.unbind(anne.id, BERT))).as("bound to another").isFalse();
        assertThat(now(server.unbind(anne.id, ANNE))).isTrue();

        assertThat(now(presence.userOf(anne.id))).isEmpty();
    }

    @Test
    @Row("joinGroup")
    void joinGroup() {
        now(server.join(Target.connection(nobody.id), GROUP));

        assertThat(now(presence.countSessionsIn(GROUP))).isEqualTo(3);
    }

    @Test
    @Row("leaveGroup")
    void leaveGroup() {
        now(server.leave(Target.connection(anne.id), GROUP));

        assertThat(now(presence.countSessionsIn(GROUP))).isEqualTo(1);
    }

    @Test
    @Row("ungroup")
    void ungroup() {
        now(server.dissolve(GROUP));

        assertThat(now(presence.countSessionsIn(GROUP))).isZero();
    }

    @Test
    @Row("closeClient")
    void closeClient() {
        assertThat(now(server.close(anne.id, CloseReason.NORMAL))).isTrue();

        assertThat(anne.closeCode()).isEqualTo(1000);
    }

    @Test
    @Row("closeClient with a message")
    void closeClientWithAMessage() {
        now(server.close(Target.connection(nobody.id), CloseReason.KICKED, MESSAGE));

        assertHeard(nobody);
        assertThat(nobody.closeCode()).isEqualTo(4102);
    }

    @Test
    @Row("closeCurrentClient")
    void closeCurrentClient() {
        Session session = now(presence.session(anne.id)).orElseThrow();

        now(server.close(session.id(), CloseReason.NORMAL));

        assertThat(anne.closeCode()).isEqualTo(1000);
    }

    @Test
    @Row("destroyClient, destroyCurrentClient")
    void destroyClient() {
        anne.connection.complete(RecordingConnection.Completion.NEVER);
        now(server.send(Target.all(), MESSAGE));

        now(server.closeNow(Target.connection(anne.id), CloseReason.NORMAL));

        assertThat(anne.closeCode()).isEqualTo(1000);
    }

    @Test
    @Row("isOnline")
    void isOnline() {
        assertThat(now(presence.isOnline(anne.id))).isTrue();
        assertThat(now(presence.isOnline(new ConnectionId("unknown")))).isFalse();
    }

    @Test
    @Row("isUidOnline")
    void isUidOnline() {
        assertThat(now(presence.isOnline(ANNE))).isTrue();
        assertThat(now(presence.isOnline(UserId.of("unknown")))).isFalse();
    }

    @Test
    @Row("getClientIdByUid")
    void getClientIdByUid() {
        assertThat(now(presence.sessionsOf(ANNE).map(Session::id).toList(100)))
                .containsExactlyInAnyOrder(anne.id, anneToo.id);
    }

    @Test
    @Row("getUidByClientId")
    void getUidByClientId() {
        assertThat(now(presence.userOf(anne.id))).contains(ANNE);
        assertThat(now(presence.userOf(nobody.id))).isEmpty();
    }

    @Test
    @Row("setSession")
    void setSession() {
        now(server.setAttributes(anne.id, Map.of("old", "1")));

        now(server.replaceAttributes(anne.id, Map.of("new", "2")));

        assertThat(now(presence.session(anne.id)).orElseThrow().attributes()).isEqualTo(Map.of("new", "2"));
    }

    @Test
    @Row("updateSession")
    void updateSession() {
        now(server.setAttributes(anne.id, Map.of("a", "1", "b", "1")));

        now(server.setAttributes(anne.id, Map.of("b", "2")));

        assertThat(now(presence.session(anne.id)).orElseThrow().attributes()).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    @Row("getSession")
    void getSession() {
        now(server.setAttributes(anne.id, Map.of("a", "1")));

        assertThat(now(presence.session(anne.id)).orElseThrow().attributes()).isEqualTo(Map.of("a", "1"));
    }

    @Test
    @Row("getAllClientSessions")
    void getAllClientSessions() {
        assertThat(now(presence.sessions().toList(100))).hasSize(4);
    }

    @Test
    @Row("getClientSessionsByGroup")
    void getClientSessionsByGroup() {
        assertThat(now(presence.sessionsIn(GROUP).toList(100)))
                .extracting(Session::user)
                .containsExactly(ANNE, ANNE);
    }

    @Test
    @Row("getAllClientIdCount")
    void getAllClientIdCount() {
        assertThat(now(presence.counts()).sessions()).isEqualTo(4);
    }

    @Test
    @Row("getClientIdCountByGroup")
    void getClientIdCountByGroup() {
        assertThat(now(presence.countSessionsIn(GROUP))).isEqualTo(2);
    }

    @Test
    @Row("getAllUidCount")
    void getAllUidCount() {
        assertThat(now(presence.counts()).users()).isEqualTo(2);
    }

    @Test
    @Row("getUidCountByGroup")
    void getUidCountByGroup() {
        assertThat(now(presence.countUsersIn(GROUP))).isEqualTo(1);
        assertThat(now(presence.countUsersIn(OTHER))).isEqualTo(2);
    }

    @Test
    @Row("getAllClientIdList")
    void getAllClientIdList() {
        assertThat(now(presence.sessions().map(Session::id).toList(100)))
                .containsExactlyInAnyOrder(anne.id, anneToo.id, bert.id, nobody.id);
    }

    @Test
    @Row("getClientIdListByGroup")
    void getClientIdListByGroup() {
        assertThat(now(presence.sessionsIn(OTHER).map(Session::id).toList(100)))
                .containsExactlyInAnyOrder(anneToo.id, bert.id);
    }

    @Test
    @Row("getAllUidList")
    void getAllUidList() {
        assertThat(now(presence.users().toList(100))).containsExactlyInAnyOrder(ANNE, BERT);
    }

    @Test
    @Row("getUidListByGroup")
    void getUidListByGroup() {
        assertThat(now(presence.usersIn(GROUP).toList(100))).containsExactly(ANNE);
    }

    @Test
    @Row("getAllGroupIdList")
    void getAllGroupIdList() {
        assertThat(now(presence.groups().toList(100))).containsExactlyInAnyOrder(GROUP, OTHER);
        assertThat(now(presence.counts()).groups()).isEqualTo(2);
    }

    @Test
    @Row("pingInterval, pingData")
    void pings() {
        ImServerBuilder builder = ImServer.builder()
                .classicProfile()
                .heartbeat(Heartbeat.messages(Duration.ofSeconds(10)).saying("{\"type\":\"beat\"}"));
        Client client = new Client(builder.runtime(runtime).build());

        runtime.advance(Duration.ofSeconds(30));

        assertThat(client.connection.frames()).hasSize(3).containsOnly("{\"type\":\"beat\"}");
    }

    @Test
    @Row("pingNotResponseLimit")
    void silentClientsAreClosed() {
        Client silent = limited(Limits.defaults().withIdleTime(Duration.ofSeconds(30)));

        runtime.advance(Duration.ofSeconds(32));

        assertThat(silent.closeCode()).isEqualTo(4003);
    }

    @Test
    @Row("maxSendBufferSize")
    void sendBuffer() {
        Client slow = limited(Limits.defaults().withOutbound(20, Duration.ofSeconds(10)));
        slow.connection.complete(RecordingConnection.Completion.NEVER);

        slow.server.send(Target.all(), MESSAGE);
        slow.server.send(Target.all(), MESSAGE);
        runtime.runAll();

        assertThat(slow.closeCode()).isEqualTo(4002);
    }

    @Test
    @Row("reload")
    void reload() {
        CompletionStage<DrainReport> drained = server.drain(Duration.ofSeconds(5));
        runtime.advance(Duration.ofSeconds(5));

        assertThat(anne.closeCode()).isEqualTo(4001);
        assertThat(now(drained).closed()).isEqualTo(4);
        server.close();
    }

    private Client limited(Limits limits) {
        ImServer other = ImServer.builder()
                .classicProfile()
                .limits(limits)
                .runtime(runtime)
                .build();
        return new Client(other);
    }

    private Client open() {
        return new Client(server);
    }

    private <T> T now(CompletionStage<T> stage) {
        runtime.runAll();
        assertThat(stage.toCompletableFuture()).isDone();
        return stage.toCompletableFuture().join();
    }

    private void assertHeard(Client... who) {
        runtime.runAll();
        for (Client client : List.of(anne, anneToo, bert, nobody)) {
            assertThat(client.connection.frames())
                    .as("heard by %s", client.id)
                    .isEqualTo(List.of(who).contains(client) ? List.of(MESSAGE.text()) : List.of());
        }
    }

    /** Second cells of the table by the first ones. */
    private static Map<String, String> rows() {
        Map<String, String> rows = new LinkedHashMap<>();
        Docs.read(HOW_TO)
                .substring(Docs.read(HOW_TO).indexOf("<!-- gateway -->"))
                .lines()
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> line.split("\\|", -1))
                .forEach(cells -> rows.put(cells[1].replace("`", "").trim(), cells[2]));
        return rows;
    }

    /** A client, bound and in groups as the application said. */
    private final class Client {

        private final ImServer server;
        private final RecordingConnection connection = new RecordingConnection();
        private final ConnectionId id;

        Client(ImServer server) {
            this.server = server;
            Inbound inbound = server.open(connection, Handshake.at("/im").build());
            runtime.runAll();
            this.id = inbound.id();
        }

        Client bound(UserId user) {
            now(server.bind(id, user));
            return this;
        }

        Client in(GroupId group) {
            now(server.join(Target.connection(id), group));
            return this;
        }

        int closeCode() {
            return connection.closeReason().map(CloseReason::code).orElse(0);
        }
    }
}
