package io.embedim.testkit.v2;

import static io.embedim.testkit.v2.V2Clients.summaries;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.V2Settings;
import io.embedim.interceptor.Verdict;
import io.embedim.model.GroupId;
import io.embedim.model.Limits;
import io.embedim.model.Rate;
import io.embedim.model.UserId;
import io.embedim.security.AccessPolicy;
import io.embedim.session.Membership;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.v2.V2Clients.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Nobody hears, reads or says in im.v2 what is not his (docs/protocol-v2.md M, S4, V5). */
class AccessTest {

    private static final String ID = "AAAAAAAAAAAAAAAAAAAAAA";
    private static final String GROUP = "'group_id':'7'";
    private static final GroupId SEVEN = GroupId.of("7");
    private static final String LAST = "{'event':'sync','id':'s','conversations':[{" + GROUP + ",'last':50}]}";

    private final V2Clients clients = V2Clients.authenticated();

    private static String id(int number) {
        return "B".repeat(20) + number;
    }

    private Client member(String user) {
        Client client = clients.v2(user);
        client.send("{'event':'join'," + GROUP + "}").heard();
        return client;
    }

    @Test
    void senderThatIsSomebodyElseIsRefused() {
        Client ann = clients.v2("ann");

        List<JsonNode> answer =
                ann.ask("{'event':'speak','to_user_id':'bob','from_user_id':'eve','id':'" + ID + "','content':'x'}");

        assertThat(summaries(answer)).containsExactly("error speak");
        assertThat(summaries(ann.ask(
                        "{'event':'speak','to_user_id':'bob','from_user_id':'ann','id':'" + ID + "','content':'x'}")))
                .contains("ack 1");
    }

    @Test
    void whoIsKickedHearsNothingMoreAndReadsUpToThen() {
        Client ann = member("ann");
        Client bob = member("bob");
        Client tablet = clients.v2("bob");
        tablet.send(LAST).heard();
        ann.say(GROUP, id(1), "before");
        bob.heard();
        tablet.heard();

        clients.now(clients.server.moderation().kick(SEVEN, UserId.of("bob")));
        assertThat(summaries(bob.heard())).containsExactly("member_removed 4 bob");
        ann.say(GROUP, id(2), "after");
        ann.send("{'event':'typing'," + GROUP + "}");

        assertThat(bob.heard()).isEmpty();
        assertThat(summaries(tablet.heard())).containsExactly("member_removed 4 bob");
        List<JsonNode> page = bob.ask(LAST);
        assertThat(page.toString()).contains("before").doesNotContain("after");
        ann.say(GROUP, id(3), "later");
        assertThat(bob.heard()).isEmpty();
        assertThat(bob.ask("{'event':'history'," + GROUP + ",'epoch':'"
                                + page.get(0).path("top").path("epoch").asString() + "','before':99,'limit':50}")
                        .toString())
                .doesNotContain("after");
        assertThat(summaries(bob.ask("{'event':'members'," + GROUP + "}"))).containsExactly("error members");
        assertThat(summaries(bob.ask("{'event':'typing'," + GROUP + "}"))).containsExactly("error typing");
        ann.heard();
        assertThat(summaries(bob.ask("{'event':'read','id':'r'," + GROUP + "," + positionOf(page.get(0)) + "}")))
                .containsExactly("read bob 4 0");
        assertThat(ann.heard()).isEmpty();
    }

    private static String positionOf(JsonNode page) {
        JsonNode top = page.path("top");
        return "'position':{'epoch':'" + top.path("epoch").asString() + "','seq':"
                + top.path("seq").asLong() + ",'mid':'" + top.path("mid").asString() + "'}";
    }

    @Test
    void onlyModeratorsMentionEverybody() {
        Client ann = member("ann");
        String all = "{'event':'speak'," + GROUP + ",'content':'x','mentions':['@all'],'id':'";

        assertThat(summaries(ann.ask(all + id(1) + "'}"))).containsExactly("error speak");
        assertThat(summaries(ann.ask(
                        "{'event':'speak','to_user_id':'bob','content':'x','mentions':['@all'],'id':'" + id(2) + "'}")))
                .containsExactly("error speak");
        clients.now(clients.server.moderation().setRole(SEVEN, UserId.of("ann"), Membership.Role.ADMIN));
        assertThat(summaries(ann.ask(all + id(1) + "'}"))).contains("ack 2");
    }

    @Test
    void whoIsBannedHearsNothingMoreAndDoesNotComeBack() {
        Client ann = member("ann");
        Client bob = member("bob");

        clients.now(clients.server.moderation().ban(SEVEN, UserId.of("bob"), Duration.ofDays(1)));
        bob.heard();
        ann.say(GROUP, id(1), "after");

        assertThat(bob.heard()).isEmpty();
        assertThat(summaries(bob.ask("{'event':'join'," + GROUP + "}"))).containsExactly("error join");
        assertThat(bob.ask(LAST).toString()).doesNotContain("after");
    }

    @Test
    void leavingOnOneConnectionEndsWhatTheOthersHear() {
        Client ann = member("ann");
        Client bob = member("bob");
        Client tablet = clients.v2("bob");
        tablet.send(LAST).heard();

        bob.send("{'event':'leave'," + GROUP + "}");
        tablet.heard();
        ann.say(GROUP, id(1), "after");

        assertThat(tablet.heard()).isEmpty();
    }

    @Test
    void whoLeavesAndJoinsInOneTextIsThere() {
        Client ann = member("ann");
        Client bob = member("bob");

        bob.send("[{'event':'leave'," + GROUP + ",'id':'l'},{'event':'join'," + GROUP + ",'id':'j'}]");
        bob.heard();
        ann.say(GROUP, id(1), "hello again");

        assertThat(summaries(bob.heard())).containsExactly("message 5 ann: hello again");
    }

    @Test
    void dissolvedGroupIsLeftByItsMembers() {
        Client ann = member("ann");
        Client bob = member("bob");
        ann.heard();

        clients.now(clients.server.dissolve(SEVEN));

        assertThat(summaries(bob.heard())).containsExactly("member_removed 3 ann", "member_removed 4 bob");
        assertThat(bob.ask("{'event':'speak'," + GROUP + ",'id':'" + ID + "','content':'x'}")
                        .toString())
                .contains("\"event\":\"error\"");
    }

    @Test
    void repetitionIsKnownEvenIfTheUserMayNotSpeakAnyMore() {
        Client ann = member("ann");
        ann.say(GROUP, ID, "hi").heard();
        clients.now(clients.server.moderation().mute(SEVEN, UserId.of("ann"), Duration.ofDays(1)));

        assertThat(summaries(ann.ask("{'event':'speak'," + GROUP + ",'id':'" + ID + "','content':'hi'}")))
                .containsExactly("ack 2 dup");
        assertThat(summaries(ann.ask("{'event':'speak'," + GROUP + ",'id':'" + id(2) + "','content':'hi'}")))
                .containsExactly("error speak");
    }

    @Test
    void repetitionIsKnownEvenIfAnInterceptorWouldRefuseItToday() {
        boolean[] refuses = {false};
        V2Clients other = new V2Clients(
                new ManualRuntime(),
                V2Clients.builder()
                        .v2(V2Settings.inMemory())
                        .inbound((sender, draft) -> CompletableFuture.completedFuture(
                                refuses[0] ? new Verdict.Refuse(403, "no") : Verdict.pass())));
        Client ann = other.v2("ann");
        ann.say("'to_user_id':'bob'", ID, "hi").heard();
        refuses[0] = true;

        assertThat(summaries(ann.ask("{'event':'speak','to_user_id':'bob','id':'" + ID + "','content':'hi'}")))
                .containsExactly("ack 1 dup");
    }

    @ParameterizedTest
    @ValueSource(strings = {"the device that joined", "another one"})
    void whoIsKickedWhileHisMessageIsLookedAtDoesNotSay(String from) {
        List<CompletableFuture<Verdict>> held = new ArrayList<>();
        V2Clients other = new V2Clients(
                new ManualRuntime(),
                V2Clients.builder().v2(V2Settings.inMemory()).inbound((sender, draft) -> {
                    held.add(new CompletableFuture<>());
                    return held.get(held.size() - 1);
                }));
        Client ann = other.v2("ann");
        ann.send("{'event':'join'," + GROUP + "}").heard();
        Client speaker = from.equals("another one") ? other.v2("ann") : ann;
        speaker.say(GROUP, ID, "too late");
        CompletableFuture<?> kick =
                other.server.moderation().kick(SEVEN, UserId.of("ann")).toCompletableFuture();
        other.runtime.runAll();

        held.get(0).complete(Verdict.pass());
        other.runtime.runAll();

        assertThat(kick).isDone();
        assertThat(summaries(speaker.heard())).contains("error speak").doesNotContain("ack 3");
    }

    @Test
    void claimedUserHearsWhatIsSaidAndReadsNothingOfBefore() {
        V2Clients open = new V2Clients(
                new ManualRuntime(),
                ImServer.builder()
                        .trustClaims()
                        .accessPolicy(AccessPolicy.open())
                        .v2(V2Settings.inMemory()));
        Client ann = open.open("im.v2", Map.of("user_id", List.of("ann")));
        ann.send("{'event':'join'," + GROUP + "}").say(GROUP, id(1), "before");
        Client bob = open.open("im.v2", Map.of("user_id", List.of("bob")));
        bob.heard();

        assertThat(bob.ask("{'event':'join'," + GROUP + "}").toString())
                .contains("\"status\":\"ok\"")
                .doesNotContain("before");
        ann.say(GROUP, id(2), "now");
        assertThat(bob.heard().toString()).contains("\"content\":\"now\"").contains("\"verified\":false");
        assertThat(summaries(bob.ask(LAST))).containsExactly("error sync");
        assertThat(summaries(bob.ask("{'event':'history'," + GROUP + ",'epoch':'e','before':9}")))
                .containsExactly("error history");
        assertThat(summaries(bob.ask("{'event':'read'," + GROUP + ",'position':{'epoch':'e','seq':1,'mid':'m'}}")))
                .containsExactly("error read");
    }

    @Test
    void claimedUserIsToldInItsDialectThatItsGroupIsDissolved() {
        V2Clients open = new V2Clients(
                new ManualRuntime(),
                ImServer.builder()
                        .trustClaims()
                        .accessPolicy(AccessPolicy.open())
                        .v2(V2Settings.inMemory()));
        Client ann = open.open("im.v2", Map.of("user_id", List.of("ann")));
        ann.send("{'event':'join'," + GROUP + "}").heard();

        open.now(open.server.dissolve(SEVEN));

        assertThat(summaries(ann.heard())).containsExactly("left");
    }

    @Test
    void objectsOfAnArrayAreCountedOneByOne() {
        V2Clients slow = new V2Clients(
                new ManualRuntime(),
                V2Clients.builder()
                        .v2(V2Settings.inMemory())
                        .limits(Limits.defaults().withConnectionRates(Rate.perSecond(3), Rate.UNLIMITED)));
        Client ann = slow.v2("ann");

        List<JsonNode> answer = ann.ask("[" + "{'event':'ping'},".repeat(9) + "{'event':'ping'}]");

        assertThat(answer).hasSize(10);
        assertThat(answer.stream().filter(one -> one.path("event").asString().equals("pong")))
                .hasSizeLessThanOrEqualTo(4);
        assertThat(answer.get(9).path("retry_after").asInt(0)).isPositive();
    }

    @Test
    void typingAndMarksOfStrangersReachNobody() {
        Client ann = clients.v2("ann");
        Client eve = clients.v2("eve");
        ann.say("'to_user_id':'bob'", ID, "hi").heard();
        Client bob = clients.v2("bob");

        assertThat(summaries(eve.ask("{'event':'typing','conv':'p:3:ann:bob'}")))
                .containsExactly("error typing");
        assertThat(summaries(
                        eve.ask("{'event':'read','conv':'p:3:ann:bob','position':{'epoch':'e','seq':1,'mid':'m'}}")))
                .containsExactly("error read");
        assertThat(summaries(eve.ask("{'event':'recall','conv':'p:3:ann:bob','id':'" + ID
                        + "','target':{'seq':1,'mid':'m'},'base_rev':0}")))
                .containsExactly("error recall");
        assertThat(bob.heard()).isEmpty();
    }
}
