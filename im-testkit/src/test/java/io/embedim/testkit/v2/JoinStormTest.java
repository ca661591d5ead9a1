package io.embedim.testkit.v2;

import static io.embedim.testkit.v2.V2Clients.summaries;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.embedim.V2Settings;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Connection;
import io.embedim.connection.Handshake;
import io.embedim.connection.OutboundFrame;
import io.embedim.connection.WriteCallback;
import io.embedim.model.Limits;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.v2.V2Clients.Client;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** V-CROWD: what a large group hears of who comes and goes, and that a storm of joins does not cost the square of the group's size. */
class JoinStormTest {

    private static final String GROUP = "'group_id':'7'";
    private static final String JOIN = "{'event':'join'," + GROUP + "}";
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int LIMIT = 5;

    private final ManualRuntime runtime = new ManualRuntime();
    private final V2Clients clients = new V2Clients(
            runtime,
            V2Clients.builder()
                    .v2(V2Settings.inMemory())
                    .limits(Limits.defaults().withLeavesAnnouncedUpTo(LIMIT)));
    private final List<Client> members = new ArrayList<>();

    private Client joined(int number) {
        Client client = clients.v2("u" + number);
        client.send(JOIN);
        members.add(client);
        return client;
    }

    /** A group that is just not large, and has been heard. */
    private void join(int count) {
        while (members.size() < count) {
            joined(members.size());
        }
        members.forEach(Client::heard);
    }

    private static List<JsonNode> changed(List<JsonNode> heard) {
        return heard.stream()
                .filter(one -> one.path("event").asString().equals("members_changed"))
                .toList();
    }

    @Test
    void aGroupUpToTheLimitHearsEachJoin() {
        join(LIMIT);

        joined(LIMIT);

        for (Client member : members.subList(0, LIMIT)) {
            assertThat(summaries(member.heard())).containsExactly("member_added 6 u5");
        }
    }

    @Test
    void aLargerGroupHearsTheFirstAtOnceAndTheOthersAsOne() {
        join(LIMIT + 1);

        for (int i = 0; i < 4; i++) {
            joined(LIMIT + 1 + i);
        }
        JsonNode first = members.get(0).heard().get(0);
        runtime.advance(SECOND.minusMillis(1));
        assertThat(members.get(0).heard()).isEmpty();
        runtime.advance(Duration.ofMillis(1));

        assertThat(V2Clients.summary(first)).isEqualTo("member_added 7 u6");
        List<JsonNode> then = members.get(0).heard();
        assertThat(summaries(then)).containsExactly("members_changed");
        JsonNode all = then.get(0);
        assertThat(all.path("conv").asString()).isEqualTo("g:7");
        assertThat(all.path("first").asInt(0)).isEqualTo(8);
        assertThat(all.path("seq").asInt(0)).isEqualTo(10);
        assertThat(all.path("prev")).isEqualTo(first.path("mid"));
        assertThat(all.path("epoch")).isEqualTo(first.path("epoch"));
        assertThat(all.path("added").asInt(0)).isEqualTo(3);
        assertThat(all.path("removed").asInt(-1)).isZero();
    }

    @Test
    void whoComesDuringAPauseIsToldOnlyWhatIsNotInItsPage() {
        join(LIMIT + 1);
        joined(6);
        joined(7);
        Client late = joined(8);
        joined(9);
        joined(10);
        List<JsonNode> page = late.heard();
        JsonNode last = page.get(page.size() - 1).path("messages");

        runtime.advance(SECOND);

        JsonNode all = late.heard().get(0);
        assertThat(all.path("event").asString()).isEqualTo("members_changed");
        assertThat(all.path("first").asInt(0)).isEqualTo(10);
        assertThat(all.path("seq").asInt(0)).isEqualTo(11);
        assertThat(all.path("prev")).isEqualTo(last.get(last.size() - 1).path("mid"));
        assertThat(all.path("added").asInt(0)).isEqualTo(2);
        assertThat(summaries(members.get(10).heard()))
                .as("the last one has all in its page")
                .containsExactly("sync ok [member_added 11 u10] unread 0");
    }

    @Test
    void whatSomebodySaysIsToldAtOnceBehindAllWhoHaveCome() {
        join(LIMIT + 1);
        joined(6);
        joined(7);
        joined(8);
        Client ann = members.get(0);
        ann.heard();

        members.get(1).say(GROUP, "S".repeat(20), "hi");

        List<JsonNode> heard = ann.heard();
        assertThat(summaries(heard)).containsExactly("members_changed", "message 10 u1: hi");
        assertThat(heard.get(1).path("prev")).isEqualTo(heard.get(0).path("mid"));
        runtime.advance(SECOND.multipliedBy(2));
        assertThat(ann.heard()).as("nobody is told twice").isEmpty();
    }

    @Test
    void aSingleOneIsToldByItself() {
        join(LIMIT + 1);
        joined(6);
        joined(7);
        members.get(0).heard();

        runtime.advance(SECOND);

        assertThat(summaries(members.get(0).heard())).containsExactly("member_added 8 u7");
    }

    @Test
    void whoLeavesHearsOfAllBeforeAndOfItself() {
        join(LIMIT + 3);
        runtime.advance(SECOND);
        members.forEach(Client::heard);
        joined(8);
        joined(9);
        Client gone = members.get(2);

        List<JsonNode> heard = gone.ask("{'event':'leave'," + GROUP + "}");
        runtime.advance(SECOND);

        assertThat(summaries(heard)).containsExactly("members_changed", "member_removed 11 u2", "left");
        assertThat(heard.get(0).path("seq").asInt(0)).isEqualTo(10);
        assertThat(heard.get(1).path("prev")).isEqualTo(heard.get(0).path("mid"));
        assertThat(gone.heard()).isEmpty();
        JsonNode others = changed(members.get(0).heard()).get(0);
        assertThat(others.path("added").asInt(0)).isEqualTo(2);
        assertThat(others.path("removed").asInt(0)).isEqualTo(1);
    }

    @Test
    void whereItEndsIsAPosition() {
        join(LIMIT + 1);
        for (int i = 0; i < 4; i++) {
            joined(LIMIT + 1 + i);
        }
        runtime.advance(SECOND);
        JsonNode all = changed(members.get(0).heard()).get(0);

        List<JsonNode> page = members.get(0)
                .ask("{'event':'sync','conversations':[{" + GROUP + ",'position':{'epoch':'"
                        + all.path("epoch").asString() + "','seq':"
                        + all.path("seq").asInt() + ",'mid':'" + all.path("mid").asString() + "'}}]}");

        assertThat(summaries(page)).containsExactly("sync ok [] unread 0", "synced");
    }

    @Test
    void nothingIsLeftBehind() {
        join(LIMIT + 1);
        int timers = runtime.pendingTimers();

        for (int i = 0; i < 4; i++) {
            joined(LIMIT + 1 + i);
        }
        runtime.advance(SECOND.multipliedBy(2));

        assertThat(runtime.pendingTimers()).isEqualTo(timers);
    }

    @Test
    void tenThousandJoinsInASecondAreAFewFramesForEach() {
        Storm storm = new Storm();

        storm.join(10_000);
        storm.runtime.advance(SECOND);

        // The first 201 hear of each other by name; then each has its greeting, its page and at most one count in 1,024
        // joins.
        assertThat(storm.frames).isLessThan(201 * 200 / 2 + 10_000 * (2 + 10));
    }

    @Test
    void tenThousandJoinsInTenSecondsAreOneCountASecondForEach() {
        Storm storm = new Storm();

        for (int second = 0; second < 10; second++) {
            storm.join(1_000);
            storm.runtime.advance(SECOND);
        }

        assertThat(storm.frames).isLessThan(201 * 200 / 2 + 10_000 * (2 + 10));
    }

    @Test
    void aStormOfJoinsCostsTheSameForEachHoweverManyThereAre() {
        stormBytes(1_000); // Loads and initialises what is used.

        long few = stormBytes(5_000);
        long many = stormBytes(10_000);

        // Bytes allocated: a step that looks at the whole group would have to copy it.
        assertThat(few).isLessThan(5_000L * 128 * 1024);
        assertThat((double) many / few).isLessThan(2.3);
    }

    private static long stormBytes(int count) {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Storm storm = new Storm();
        long before = thread.getCurrentThreadAllocatedBytes();
        storm.join(count);
        storm.runtime.advance(SECOND);
        return thread.getCurrentThreadAllocatedBytes() - before;
    }

    /** Many who join and only count what they hear. */
    private static final class Storm implements Connection {

        private final ManualRuntime runtime = new ManualRuntime();
        private final V2Clients clients =
                new V2Clients(runtime, V2Clients.builder().v2(V2Settings.inMemory()));
        private int joined;
        private long frames;

        void join(int count) {
            for (int end = joined + count; joined < end; joined++) {
                Handshake handshake = Handshake.at("/im")
                        .query(Map.of("user", List.of("u" + joined)))
                        .subprotocol("im.v2")
                        .build();
                clients.server.open(this, handshake).received(JOIN.replace('\'', '"'), true);
                runtime.runAll();
            }
        }

        @Override
        public void write(List<OutboundFrame> texts, boolean mayBlock, WriteCallback callback) {
            for (OutboundFrame text : texts) {
                String json = text.text();
                for (int at = json.indexOf("{\"code\":"); at >= 0; at = json.indexOf("{\"code\":", at + 1)) {
                    frames++;
                }
            }
            callback.completed(null);
        }

        @Override
        public void close(CloseReason reason) {
            throw new AssertionError(reason);
        }
    }
}
