package io.embedim.testkit.v2;

import static io.embedim.testkit.v2.V2Clients.summaries;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.V2Settings;
import io.embedim.model.GroupId;
import io.embedim.model.Limits;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.Rate;
import io.embedim.model.UserId;
import io.embedim.session.InMemoryMemberships;
import io.embedim.session.Membership;
import io.embedim.session.Memberships;
import io.embedim.testkit.JsonValues;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.v2.V2Clients.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Single rules of docs/protocol-v2.md, each by its codes and numbers. */
class V2RulesTest {

    private static final String PAIR = "'conv':'p:3:ann:bob'";
    private static final String GROUP = "'group_id':'7'";
    private static final String SYNC = "{'event':'sync','conversations':[{'conv':'p:3:ann:bob','last':10}]}";

    private final V2Clients clients = V2Clients.authenticated();

    private static String id(int number) {
        return "C".repeat(20) + (10 + number);
    }

    private static int code(Client client, String frame) {
        client.texts();
        client.send(frame);
        return JsonValues.read(client.texts().get(0)).path("code").asInt(-1);
    }

    private static String change(String event, int number, int seq, String mid, int revision) {
        return "{'event':'" + event + "'," + PAIR + ",'id':'" + id(number) + "','target':{'seq':" + seq + ",'mid':'"
                + mid + "'},'base_rev':" + revision + ",'content':'other'}";
    }

    private static JsonNode only(List<JsonNode> heard, String event) {
        return heard.stream()
                .filter(one -> one.path("event").asString().equals(event))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void changesAreRefusedByCode() {
        Client ann = clients.v2("ann");
        Client bob = clients.v2("bob");
        String mid = only(ann.ask("{'event':'speak'," + PAIR + ",'id':'" + id(1) + "','content':'hi'}"), "ack")
                .path("mid")
                .asString();
        ann.send("{'event':'join'," + GROUP + "}").heard();

        assertThat(code(ann, change("edit", 2, 1, "wrong", 0))).isEqualTo(404);
        assertThat(code(ann, change("edit", 3, 9, mid, 0))).isEqualTo(404);
        assertThat(code(ann, change("edit", 4, 1, mid, 0).replace(PAIR, GROUP))).isEqualTo(404);
        assertThat(code(bob, change("edit", 5, 1, mid, 0))).isEqualTo(403);
        assertThat(code(ann, change("edit", 6, 1, mid, 1))).isEqualTo(409);
        ann.send(change("recall", 7, 1, mid, 0));
        assertThat(code(ann, change("edit", 8, 1, mid, 1))).isEqualTo(409);
    }

    @Test
    void moderatorsRecallWhatOthersSaid() {
        Client ann = clients.v2("ann");
        Client bob = clients.v2("bob");
        Client carl = clients.v2("carl");
        List.of(ann, bob, carl)
                .forEach(one -> one.send("{'event':'join'," + GROUP + "}").heard());
        String mid = only(ann.ask("{'event':'speak'," + GROUP + ",'id':'" + id(1) + "','content':'rude'}"), "ack")
                .path("mid")
                .asString();
        clients.now(clients.server.moderation().setRole(GroupId.of("7"), UserId.of("bob"), Membership.Role.ADMIN));
        bob.heard();

        assertThat(code(carl, change("recall", 2, 4, mid, 0).replace(PAIR, GROUP)))
                .isEqualTo(403);
        bob.send(change("recall", 3, 4, mid, 0).replace(PAIR, GROUP));

        assertThat(summaries(carl.heard())).endsWith("recall 5 of 4");
    }

    @Test
    void olderEntriesChangeNothingThatIsLive() {
        Client ann = clients.v2("ann");
        Client bob = clients.v2("bob");
        ann.say("'to_user_id':'bob'", id(1), "one").say("'to_user_id':'bob'", id(2), "two");
        String epoch = only(ann.heard(), "ack").path("epoch").asString();
        clients.runtime.advance(Duration.ofSeconds(2));
        bob.heard();

        String older = "{'event':'history'," + PAIR + ",'epoch':'" + epoch + "','before':2}";

        List<JsonNode> answer = bob.ask(older);
        ann.say("'to_user_id':'bob'", id(3), "three");

        assertThat(summaries(answer)).containsExactly("history ok [message 1 ann: one]");
        assertThat(summaries(bob.heard())).as("who was not live is not").containsExactly("changed p:3:ann:bob 3");
        bob.ask(SYNC);
        bob.ask(older);
        ann.say("'to_user_id':'bob'", id(4), "four");
        assertThat(summaries(bob.heard())).as("who was live is").containsExactly("message 4 ann: four");
    }

    @Test
    void whatAClientAddsIsHeardAndReadAsItWasSent() {
        Client ann = clients.v2("ann");
        Client bob = clients.v2("bob");
        bob.ask(SYNC);

        ann.send("{'event':'speak'," + PAIR + ",'id':'" + id(1) + "','content':'hi','ext':{'mood':'good','ext':[1]}}");
        JsonNode live = bob.heard().get(0);
        JsonNode synced = bob.ask(SYNC).get(0).path("messages").get(0);
        JsonNode older = bob.ask("{'event':'history'," + PAIR + ",'before':2,'epoch':'"
                        + live.path("epoch").asString() + "'}")
                .get(0)
                .path("messages")
                .get(0);

        assertThat(List.of(live, synced, older))
                .extracting(message -> message.path("ext").toString())
                .containsOnly("{\"mood\":\"good\",\"ext\":[1]}");
    }

    @Test
    void anEditBringsAnExtOfItsOwn() {
        Client ann = clients.v2("ann");
        String said = "{'event':'speak'," + PAIR + ",'id':'" + id(1) + "','content':'hi','ext':{'mood':'good'}}";
        String mid = only(ann.ask(said), "ack").path("mid").asString();

        ann.send(change("edit", 2, 1, mid, 0).replace("'content'", "'ext':{'mood':'better'},'content'"));
        List<String> edited = extsOf(ann.ask(SYNC).get(0).path("messages"));
        ann.send(change("edit", 3, 1, mid, 1));

        assertThat(edited).containsExactly("{\"mood\":\"better\"}", "{\"mood\":\"better\"}");
        assertThat(extsOf(ann.ask(SYNC).get(0).path("messages"))).containsExactly("", "{\"mood\":\"better\"}", "");
    }

    private static List<String> extsOf(JsonNode messages) {
        List<String> exts = new ArrayList<>();
        messages.forEach(one -> exts.add(one.has("ext") ? one.path("ext").toString() : ""));
        return exts;
    }

    @Test
    void marksAreCheckedLikePositionsAndOnlyGrow() {
        Client ann = clients.v2("ann");
        Client bob = clients.v2("bob");
        ann.say("'to_user_id':'bob'", id(1), "one").say("'to_user_id':'bob'", id(2), "two");
        List<JsonNode> entries = new ArrayList<>();
        bob.heard();
        bob.ask(SYNC).get(0).path("messages").forEach(entries::add);
        String epoch = entries.get(0).path("epoch").asString();
        String first = entries.get(0).path("mid").asString();
        String second = entries.get(1).path("mid").asString();

        assertThat(code(bob, mark("read", epoch, 3, second))).isEqualTo(400);
        assertThat(code(bob, mark("read", "other", 1, first))).isEqualTo(409);
        assertThat(code(bob, mark("read", epoch, 1, second))).isEqualTo(409);
        assertThat(summaries(bob.ask(mark("read", epoch, 2, second)))).containsExactly("read bob 2 0");
        assertThat(summaries(bob.ask(mark("read", epoch, 1, first)))).containsExactly("read bob 2 0");
        assertThat(summaries(bob.ask(mark("recv", epoch, 1, first)))).containsExactly("recv bob 2 0");
    }

    private static String mark(String event, String epoch, int seq, String mid) {
        return "{'event':'" + event + "','id':'m'," + PAIR + ",'position':{'epoch':'" + epoch + "','seq':" + seq
                + ",'mid':'" + mid + "'}}";
    }

    @Test
    void typingIsPassedOnOnceASecond() {
        Client ann = clients.v2("ann");
        Client bob = clients.v2("bob");
        ann.send("{'event':'join'," + GROUP + "}");
        bob.send("{'event':'join'," + GROUP + "}").heard();

        ann.send("{'event':'typing'," + GROUP + "}").send("{'event':'typing'," + GROUP + "}");
        assertThat(summaries(bob.heard())).containsExactly("typing");
        clients.runtime.advance(Duration.ofMillis(999));
        assertThat(bob.heard()).isEmpty();
        clients.runtime.advance(Duration.ofMillis(1));

        assertThat(summaries(bob.heard())).containsExactly("typing");
    }

    @Test
    void largeGroupsHaveCountsAndNoTyping() {
        V2Clients crowd = new V2Clients(
                new ManualRuntime(),
                V2Clients.builder()
                        .v2(V2Settings.inMemory())
                        .limits(Limits.defaults().withLeavesAnnouncedUpTo(2)));
        Client ann = crowd.v2("ann");
        Client bob = crowd.v2("bob");
        Client carl = crowd.v2("carl");
        List.of(ann, bob, carl)
                .forEach(one -> one.send("{'event':'join'," + GROUP + "}").heard());

        JsonNode members = ann.ask("{'event':'members','id':'m'," + GROUP + "}").get(0);
        bob.heard();
        ann.send("{'event':'typing'," + GROUP + "}");

        assertThat(members.path("count").asInt(0)).isEqualTo(3);
        assertThat(members.has("members")).isFalse();
        assertThat(bob.heard()).isEmpty();
    }

    @Test
    void aLargeGroupIsCountedOnceASecondHoweverManyAsk() {
        AtomicInteger pages = new AtomicInteger();
        V2Clients crowd = new V2Clients(
                new ManualRuntime(),
                V2Clients.builder()
                        .v2(V2Settings.inMemory())
                        .memberships(new Counting(new InMemoryMemberships(), pages))
                        .limits(Limits.defaults().withLeavesAnnouncedUpTo(2)));
        List<Client> members = List.of(crowd.v2("ann"), crowd.v2("bob"), crowd.v2("carl"));
        members.forEach(one -> one.send("{'event':'join'," + GROUP + "}").heard());
        pages.set(0);

        members.forEach(one -> one.send("{'event':'members'," + GROUP + "}"));
        assertThat(pages).hasValue(1);
        Client dave = crowd.v2("dave");
        dave.send("{'event':'join'," + GROUP + "}").heard();
        crowd.runtime.advance(Duration.ofSeconds(1));

        assertThat(dave.ask("{'event':'members'," + GROUP + "}"))
                .anySatisfy(one -> assertThat(one.path("count").asInt(0)).isEqualTo(4));
        assertThat(pages).hasValue(2);
    }

    /** Counts how often somebody looks through a group. */
    private record Counting(Memberships memberships, AtomicInteger pages) implements Memberships {

        @Override
        public CompletionStage<Optional<Membership>> find(UserId user, GroupId group) {
            return memberships.find(user, group);
        }

        @Override
        public CompletionStage<Optional<Membership>> save(Membership membership) {
            return memberships.save(membership);
        }

        @Override
        public CompletionStage<Boolean> remove(UserId user, GroupId group, long version) {
            return memberships.remove(user, group, version);
        }

        @Override
        public CompletionStage<Page<Membership>> inGroup(GroupId group, PageRequest page) {
            pages.incrementAndGet();
            return memberships.inGroup(group, page);
        }

        @Override
        public CompletionStage<Page<Membership>> ofUser(UserId user, PageRequest page) {
            return memberships.ofUser(user, page);
        }
    }

    @Test
    void whatIsTooFastIsNotRead() {
        V2Clients slow = new V2Clients(
                new ManualRuntime(),
                V2Clients.builder()
                        .v2(V2Settings.inMemory())
                        .limits(Limits.defaults().withConnectionRates(Rate.perSecond(1), Rate.UNLIMITED)));
        Client ann = slow.v2("ann");

        List<JsonNode> answer =
                ann.ask("[{'event':'ping','id':'1'},{'event':'ping','id':'2'},{'event':'ping','id':'3'}]");
        JsonNode refused = answer.get(answer.size() - 1);

        assertThat(refused.path("retry_after").asInt(0)).isPositive();
        assertThat(refused.path("temporary").asBoolean(false)).isTrue();
        assertThat(refused.has("for")).isFalse();
        assertThat(refused.has("id")).isFalse();
    }
}
