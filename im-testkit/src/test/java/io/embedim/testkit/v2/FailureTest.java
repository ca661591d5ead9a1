package io.embedim.testkit.v2;

import static io.embedim.testkit.v2.V2Clients.summaries;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.V2Settings;
import io.embedim.conversation.Action;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.InMemoryBroker;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.LogLimits;
import io.embedim.conversation.Retention;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.v2.V2Clients.Client;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What clients of im.v2 are told when a backend does not do its part, and how they catch up. */
class FailureTest {

    private static final String ID = "AAAAAAAAAAAAAAAAAAAAAA";
    private static final String START = "'position':{'epoch':'','seq':0,'mid':''}";

    private final ManualRuntime runtime = new ManualRuntime();
    private final InMemoryBroker log = new InMemoryBroker(runtime, LogLimits.DEFAULT);
    private @Nullable String failing;
    private UnaryOperator<CompletionStage<?>> how = stage -> stage;
    private boolean undone;

    private final V2Clients clients = with(log);

    private V2Clients with(InMemoryBroker inner) {
        LogBroker broker = (LogBroker) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {LogBroker.class}, (proxy, method, args) -> {
                    if (undone && method.getName().equals(failing)) {
                        return CompletableFuture.failedFuture(new IllegalStateException("not done"));
                    }
                    try {
                        Object answer = method.invoke(inner, args);
                        return method.getName().equals(failing) ? how.apply((CompletionStage<?>) answer) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new V2Clients(runtime, V2Clients.builder().broker(broker).v2(V2Settings.inMemory()));
    }

    private static String id(int number) {
        return "A".repeat(20) + (10 + number);
    }

    @Test
    void failedAppendIsATemporaryErrorOfUnknownOutcome() {
        Client ann = clients.v2("ann");
        failing = "append";
        how = stage -> CompletableFuture.failedFuture(new IllegalStateException("disk full"));

        List<JsonNode> answer = ann.ask("{'event':'speak','to_user_id':'bob','id':'" + ID + "','content':'x'}");

        JsonNode error = answer.get(answer.size() - 1);
        assertThat(error.path("event").asString()).isEqualTo("error");
        assertThat(error.path("id").asString()).isEqualTo(ID);
        assertThat(error.path("temporary").asBoolean(false)).isTrue();
        assertThat(error.has("committed")).isFalse();
        assertThat(error.toString()).doesNotContain("disk");
    }

    @Test
    void leaveThatWasLeftHalfDoneIsFinishedForWhoReadsNext() {
        Client phone = clients.v2("ann");
        Client laptop = clients.v2("ann");
        JsonNode joined = phone.ask("{'event':'join','group_id':'7','id':'j'}").get(0);
        String position = joined.path("top").toString().replace('"', '\'');
        laptop.send("{'event':'sync','id':'s','conversations':[{'conv':'g:7','position':" + position + "}]}");
        failing = "append";
        undone = true;
        assertThat(summaries(phone.ask("{'event':'leave','group_id':'7','id':'l'}")))
                .containsExactly("error leave");
        failing = null;
        laptop.heard();
        Client fresh = clients.v2("ann");

        List<JsonNode> page =
                fresh.ask("{'event':'sync','id':'s','conversations':[{'conv':'g:7','position':" + position + "}]}");

        assertThat(summaries(page)).containsExactly("sync ok [member_removed 2 ann] unread 0", "synced");
        assertThat(summaries(laptop.heard())).containsExactly("member_removed 2 ann");
        assertThat(summaries(phone.heard())).containsExactly("member_removed 2 ann");
        assertThat(summaries(phone.ask("{'event':'leave','group_id':'7','id':'l'}")))
                .containsExactly("left");
    }

    @Test
    void joinThatWasLeftHalfDoneIsFinishedForWhoReadsNext() {
        Client phone = clients.v2("ann");
        phone.ask("{'event':'join','group_id':'7','id':'j'}");
        phone.ask("{'event':'leave','group_id':'7','id':'l'}");
        JsonNode top = phone.ask("{'event':'sync','id':'s','conversations':[{'conv':'g:7','last':1}]}")
                .get(0)
                .path("top");
        String position = top.toString().replace('"', '\'');
        failing = "append";
        undone = true;
        assertThat(summaries(phone.ask("{'event':'join','group_id':'7','id':'k'}")))
                .containsExactly("error join");
        failing = null;
        Client fresh = clients.v2("ann");

        List<JsonNode> page =
                fresh.ask("{'event':'sync','id':'s','conversations':[{'conv':'g:7','position':" + position + "}]}");

        assertThat(summaries(page)).containsExactly("sync ok [member_added 3 ann] unread 0", "synced");
        assertThat(summaries(fresh.ask("{'event':'speak','group_id':'7','id':'" + ID + "','content':'x'}")))
                .containsExactly("message 4 ann: x", "ack 4");
    }

    @Test
    void leaveThatWasFinishedLateEndsNoLaterMembership() {
        clients.v2("ann").ask("{'event':'join','group_id':'7','id':'j'}");
        removedLate();
        Client fresh = clients.v2("ann");

        List<JsonNode> page = fresh.ask("{'event':'sync','id':'s','conversations':[{'conv':'g:7'," + START + "}]}");

        assertThat(summaries(page)).containsExactly("sync ok [member_added 3 ann] unread 0", "synced");
        assertThat(summaries(fresh.ask("{'event':'speak','group_id':'7','id':'" + ID + "','content':'x'}")))
                .containsExactly("message 4 ann: x", "ack 4");
    }

    @Test
    void joinMakesAMemberOfWhomALateLeaveHasRemoved() {
        Client phone = clients.v2("ann");
        phone.ask("{'event':'join','group_id':'7','id':'j'}");
        removedLate();

        List<JsonNode> page = phone.ask("{'event':'join','group_id':'7','id':'k','last':5}");

        assertThat(summaries(page)).contains("sync ok [member_added 3 ann] unread 0");
    }

    @Test
    void whoCameWhileAReadTookLongIsToldOneByOneInASmallGroup() {
        Client ann = clients.v2("ann");
        CompletableFuture<Void> hold = new CompletableFuture<>();
        failing = "read";
        how = stage -> hold.thenCompose(done -> stage);
        ann.send("{'event':'join','group_id':'7','id':'j'}");
        clients.v2("bob").send("{'event':'join','group_id':'7','id':'j'}");
        clients.v2("carl").send("{'event':'join','group_id':'7','id':'j'}");

        failing = null;
        hold.complete(null);

        assertThat(summaries(ann.heard()))
                .containsExactly("sync ok [member_added 1 ann] unread 0", "member_added 2 bob", "member_added 3 carl");
    }

    /** One device has come back, and another one does the rest of a leave that it has seen before: the log says something else than the table of members. */
    private void removedLate() {
        UserId ann = new UserId("ann");
        Draft entry = new Draft(ConversationId.of(new GroupId("7")), null, ann, "", true, null, "", "");
        log.append(entry.doing(new Action.RemoveMember(ann)))
                .toCompletableFuture()
                .join();
        clients.runtime.advance(Duration.ofMillis(1));
    }

    @Test
    void appendOfUnknownOutcomeIsNeitherAckedNorDeniedAndTheRepetitionIsKnown() {
        Client ann = clients.v2("ann");
        failing = "append";
        how = stage -> new CompletableFuture<>();

        String speak = "{'event':'speak','to_user_id':'bob','id':'" + ID + "','content':'x'}";
        ann.connection.clear();
        ann.send(speak);
        clients.runtime.advance(Duration.ofMinutes(1));

        List<JsonNode> answer = ann.heard();
        assertThat(summaries(answer)).contains("error speak").doesNotContain("ack 1");
        assertThat(answer.stream()
                        .filter(one -> one.path("event").asString().equals("error"))
                        .findFirst()
                        .orElseThrow()
                        .has("committed"))
                .isFalse();
        failing = null;
        assertThat(summaries(ann.ask(speak))).contains("ack 1 dup");
    }

    @Test
    void longConversationComesInPagesAndIsLiveAtTheEnd() {
        Client ann = clients.v2("ann");
        Client bob = clients.v2("bob");
        for (int i = 0; i < 150; i++) {
            ann.say("'to_user_id':'bob'", id(i), "m" + i);
        }
        bob.heard();

        JsonNode first = bob.ask("{'event':'sync','conversations':[{'to_user_id':'ann'," + START + "}]}")
                .get(0);
        assertThat(first.path("status").asString()).isEqualTo("more");
        assertThat(first.path("messages").size()).isEqualTo(100);
        ann.say("'to_user_id':'bob'", id(200), "between");
        assertThat(bob.heard().stream().map(one -> one.path("event").asString()))
                .doesNotContain("message");
        JsonNode end = first.path("messages").get(99);
        JsonNode second = bob.ask("{'event':'sync','conversations':[{'to_user_id':'ann','position':{'epoch':'"
                        + end.path("epoch").asString() + "','seq':100,'mid':'"
                        + end.path("mid").asString() + "'}}]}")
                .get(0);

        assertThat(second.path("status").asString()).isEqualTo("ok");
        assertThat(second.path("messages").size()).isEqualTo(51);
        ann.say("'to_user_id':'bob'", id(201), "live");
        assertThat(summaries(bob.heard())).containsExactly("message 152 ann: live");
    }

    @Test
    void pageThatIsNotTheLastComesWhileAnotherDeviceIsLive() {
        Client ann = clients.v2("ann");
        Client tablet = clients.v2("bob");
        tablet.send("{'event':'sync','conversations':[{'to_user_id':'ann','last':1}]}");
        for (int i = 0; i < 150; i++) {
            ann.say("'to_user_id':'bob'", id(i), "m" + i);
        }
        Client bob = clients.v2("bob");

        List<JsonNode> answer = bob.ask("{'event':'sync','conversations':[{'to_user_id':'ann'," + START + "}]}");

        assertThat(answer.get(0).path("status").asString()).isEqualTo("more");
    }

    @Test
    void whatComesWhileTheLogIsReadFollowsThePage() {
        Client ann = clients.v2("ann");
        Client bob = clients.v2("bob");
        ann.say("'to_user_id':'bob'", id(1), "one");
        bob.heard();
        List<CompletableFuture<Object>> held = new ArrayList<>();
        List<CompletionStage<?>> answers = new ArrayList<>();
        failing = "read";
        how = stage -> {
            answers.add(stage);
            held.add(new CompletableFuture<>());
            return held.get(held.size() - 1);
        };
        bob.send("{'event':'sync','conversations':[{'to_user_id':'ann'," + START + "}]}");
        ann.say("'to_user_id':'bob'", id(2), "two").say("'to_user_id':'bob'", id(3), "three");
        assertThat(bob.heard()).isEmpty();

        failing = null;
        held.get(0).complete(answers.get(0).toCompletableFuture().join());

        assertThat(summaries(bob.heard()))
                .containsExactly(
                        "sync ok [message 1 ann: one] unread 3",
                        "message 2 ann: two",
                        "message 3 ann: three",
                        "synced");
    }

    @Test
    void whoIsPutOutWhileTheLogIsReadIsAnsweredAndNotLive() {
        Client ann = clients.v2("ann");
        Client bob = clients.v2("bob");
        ann.send("{'event':'join','group_id':'7'}");
        bob.send("{'event':'join','group_id':'7'}").heard();
        List<CompletableFuture<Object>> held = new ArrayList<>();
        List<CompletionStage<?>> answers = new ArrayList<>();
        failing = "read";
        how = stage -> {
            answers.add(stage);
            held.add(new CompletableFuture<>());
            return held.get(held.size() - 1);
        };
        bob.send("{'event':'sync','id':'s','conversations':[{'group_id':'7','last':9}]}");
        clients.server.moderation().kick(new GroupId("7"), UserId.of("bob"));
        clients.runtime.runAll();

        failing = null;
        held.get(0).complete(answers.get(0).toCompletableFuture().join());
        clients.runtime.runAll();
        ann.say("'group_id':'7'", id(1), "after");

        assertThat(summaries(bob.heard()))
                .containsExactly("sync ok [member_added 2 bob, member_removed 3 bob] unread 0", "synced");
    }

    @Test
    void trimmedLogShowsTheGap() {
        ManualRuntime other = runtime;
        V2Clients small = with(new InMemoryBroker(
                other,
                new LogLimits(new Retention(3, Duration.ofDays(1), 1 << 20), 1 << 20, Duration.ofHours(1), 1_000)));
        Client ann = small.v2("ann");
        Client bob = small.v2("bob");
        for (int i = 0; i < 9; i++) {
            ann.say("'to_user_id':'bob'", id(i), "m" + i);
        }
        bob.heard();

        JsonNode answer = bob.ask("{'event':'sync','conversations':[{'to_user_id':'ann'," + START + "}]}")
                .get(0);

        assertThat(summaries(List.of(answer)))
                .containsExactly("sync trimmed [message 7 ann: m6, message 8 ann: m7, message 9 ann: m8] unread 3");
        assertThat(answer.path("floor").asLong()).isEqualTo(7);
        assertThat(answer.has("more")).isFalse();
        ann.say("'to_user_id':'bob'", id(20), "live");
        assertThat(summaries(bob.heard())).containsExactly("message 10 ann: live");
    }

    @Test
    void failedReadLeavesTheClientToTryAgain() {
        Client ann = clients.v2("ann");
        Client bob = clients.v2("bob");
        ann.say("'to_user_id':'bob'", id(1), "one");
        bob.heard();
        failing = "read";
        how = stage -> CompletableFuture.failedFuture(new IllegalStateException("down"));
        String sync = "{'event':'sync','id':'s','conversations':[{'to_user_id':'ann'," + START + "}]}";

        assertThat(summaries(bob.ask(sync))).containsExactly("error sync", "synced");
        failing = null;
        assertThat(summaries(bob.ask(sync))).containsExactly("sync ok [message 1 ann: one] unread 1", "synced");
    }

    @Test
    void secondSyncHasToWaitForTheFirst() {
        Client bob = clients.v2("bob");
        failing = "read";
        how = stage -> new CompletableFuture<>();
        bob.send("{'event':'sync','id':'s1','conversations':[{'to_user_id':'ann','last':5}]}");

        List<JsonNode> answer = bob.ask("{'event':'sync','id':'s2','conversations':[]}");

        assertThat(answer).isEmpty(); // Its turn comes behind the step that waits for the log.
        clients.runtime.advance(Duration.ofMinutes(1));
        assertThat(summaries(bob.heard())).contains("error sync");
    }
}
