package io.embedim.testkit.v2;

import static io.embedim.testkit.v2.V2Clients.summaries;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.V2Settings;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Directory;
import io.embedim.conversation.DirectoryPage;
import io.embedim.conversation.InMemoryBroker;
import io.embedim.conversation.InMemoryDirectory;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.LogLimits;
import io.embedim.conversation.LogReplaced;
import io.embedim.conversation.Message;
import io.embedim.conversation.Position;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Topic;
import io.embedim.conversation.TopicEvent;
import io.embedim.conversation.TopicListener;
import io.embedim.model.UserId;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.v2.V2Clients.Client;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What clients of im.v2 hear where entries come late, not at all, or from another log (docs/protocol-v2.md P2, L2). */
class ForkTest {

    private static final String ID = "AAAAAAAAAAAAAAAAAAAAAA";
    private static final String PAIR = "{'event':'sync','conversations':[{'conv':'p:3:ann:bob','last':9}]}";
    private static final UserId BOB = UserId.of("bob");
    private static final ConversationId CONVERSATION = ConversationId.between(UserId.of("ann"), BOB);

    private final ManualRuntime runtime = new ManualRuntime();
    private final InMemoryBroker log = new InMemoryBroker(runtime, LogLimits.DEFAULT);
    private final InMemoryDirectory lists = new InMemoryDirectory(runtime);
    private final Deque<Runnable> late = new ArrayDeque<>();
    private final ListenerOf listener = new ListenerOf();
    private boolean holding;
    private boolean losing;
    private boolean listsFail;
    private final V2Clients clients = new V2Clients(
            runtime,
            V2Clients.builder().broker(broker()).v2(V2Settings.inMemory().directory(new Lists())));

    /** Stands between the broker and the server. */
    private final class ListenerOf implements TopicListener {

        private TopicListener server = (topic, event) -> {};

        @Override
        public void onEvent(Topic topic, TopicEvent event) {
            if (holding) {
                late.add(() -> server.onEvent(topic, event));
            } else if (!losing) {
                server.onEvent(topic, event);
            }
        }
    }

    private final class Lists implements Directory {

        @Override
        public CompletionStage<Long> put(UserId user, ConversationId conversation, boolean belongs) {
            return listsFail
                    ? CompletableFuture.failedFuture(new IllegalStateException("down"))
                    : lists.put(user, conversation, belongs);
        }

        @Override
        public CompletionStage<DirectoryPage> read(UserId user, String epoch, long version, int limit) {
            return lists.read(user, epoch, version, limit);
        }
    }

    private LogBroker broker() {
        return (LogBroker) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {LogBroker.class}, (proxy, method, args) -> {
                    if (method.getName().equals("attach")) {
                        listener.server = (TopicListener) args[0];
                        log.attach(listener);
                        return null;
                    }
                    try {
                        return method.invoke(log, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static String id(int number) {
        return "A".repeat(20) + (10 + number);
    }

    private Message newest() {
        return clients.now(log.read(Reading.last(CONVERSATION, 1))).entries().get(0);
    }

    private Client bobWhoHasHeardOne() {
        Client ann = clients.v2("ann");
        Client bob = clients.v2("bob");
        bob.send(PAIR);
        ann.say("'to_user_id':'bob'", id(1), "one");
        bob.heard();
        return bob;
    }

    @Test
    void entryOfAnotherLogIsNotShown() {
        Client bob = bobWhoHasHeardOne();
        Message one = newest();
        Position next = new Position(one.position().epoch(), 2, "forged");

        listener.server.onEvent(Topic.of(BOB), new Message(one.draft(), next, "other", one.at()));

        assertThat(summaries(bob.heard())).containsExactly("changed p:3:ann:bob 2");
    }

    @Test
    void entryOfALogThatHasLostMoreThanItHasNowIsAForkToo() {
        Client ann = clients.v2("ann");
        Client bob = bobWhoHasHeardOne();
        ann.say("'to_user_id':'bob'", id(2), "two");
        Message two = newest();
        ann.say("'to_user_id':'bob'", id(3), "three");
        bob.heard();
        Position next = new Position(two.position().epoch(), 2, "promoted");

        listener.server.onEvent(Topic.of(BOB), new Message(two.draft(), next, two.prev(), two.at()));

        assertThat(summaries(bob.heard())).containsExactly("changed p:3:ann:bob 2");
    }

    @Test
    void entryAtAPlaceThatAPageHadIsAFork() {
        Message two = pageOfThree();
        Client bob = clients.v2("bob");
        bob.ask(PAIR);
        Position next = new Position(two.position().epoch(), 2, "promoted");

        listener.server.onEvent(Topic.of(BOB), new Message(two.draft(), next, two.prev(), two.at()));

        assertThat(summaries(bob.heard())).containsExactly("changed p:3:ann:bob 2");
        clients.v2("ann").say("'to_user_id':'bob'", id(4), "four");
        assertThat(bob.heard()).as("it has been told, and is not live").isEmpty();
    }

    @Test
    void entryOfAPageThatComesOnceMoreIsOld() {
        Message two = pageOfThree();
        Client bob = clients.v2("bob");
        bob.ask(PAIR);

        listener.server.onEvent(Topic.of(BOB), two);

        assertThat(bob.heard()).isEmpty();
        clients.v2("ann").say("'to_user_id':'bob'", id(4), "four");
        assertThat(summaries(bob.heard())).containsExactly("message 4 ann: four");
    }

    @Test
    void logThatHasLostItsNewestEntriesIsLookedAtAlthoughNobodySpeaks() {
        Message two = pageOfThree();
        Client bob = clients.v2("bob");
        bob.ask(PAIR);

        listener.server.onEvent(Topic.of(BOB), new LogReplaced(two.draft().conversation(), two.position()));

        assertThat(summaries(bob.heard())).containsExactly("changed p:3:ann:bob 2");
        clients.v2("ann").say("'to_user_id':'bob'", id(4), "four");
        assertThat(bob.heard()).as("it has been told, and is not live").isEmpty();
    }

    @Test
    void logThatIsTheOneThatWasHeardIsNotLookedAt() {
        pageOfThree();
        Client bob = clients.v2("bob");
        bob.ask(PAIR);
        Message three = newest();

        listener.server.onEvent(Topic.of(BOB), new LogReplaced(three.draft().conversation(), three.position()));

        assertThat(bob.heard()).isEmpty();
        clients.v2("ann").say("'to_user_id':'bob'", id(4), "four");
        assertThat(summaries(bob.heard())).containsExactly("message 4 ann: four");
    }

    /** Answers the second. */
    private Message pageOfThree() {
        Client ann = clients.v2("ann");
        ann.say("'to_user_id':'bob'", id(1), "one");
        ann.say("'to_user_id':'bob'", id(2), "two");
        Message two = newest();
        ann.say("'to_user_id':'bob'", id(3), "three");
        return two;
    }

    @Test
    void entryBehindALostOneIsNotShownUntilTheClientHasCaughtUp() {
        Client bob = bobWhoHasHeardOne();
        Client ann = clients.v2("ann");
        losing = true;
        ann.say("'to_user_id':'bob'", id(2), "lost");
        losing = false;
        ann.say("'to_user_id':'bob'", id(3), "three");

        assertThat(summaries(bob.heard())).containsExactly("changed p:3:ann:bob 3");
        assertThat(bob.ask(PAIR).toString()).contains("lost", "three");
        ann.say("'to_user_id':'bob'", id(4), "four");
        assertThat(summaries(bob.heard())).containsExactly("message 4 ann: four");
    }

    @Test
    void entryThatComesTwiceIsShownOnce() {
        Client bob = bobWhoHasHeardOne();

        listener.server.onEvent(Topic.of(BOB), newest());

        assertThat(bob.heard()).isEmpty();
    }

    @Test
    void entryThatWasInThePageIsNotSentOnceMoreWhenItComesLate() {
        Client bob = bobWhoHasHeardOne();
        Client tablet = clients.v2("bob");
        Client ann = clients.v2("ann");
        holding = true;
        ann.say("'to_user_id':'bob'", id(2), "two");
        List<JsonNode> page = tablet.ask(PAIR);
        assertThat(summaries(page)).first().asString().contains("message 2 ann: two");

        holding = false;
        late.forEach(Runnable::run);

        assertThat(summaries(bob.heard())).containsExactly("message 2 ann: two");
        assertThat(tablet.heard()).isEmpty();
        ann.say("'to_user_id':'bob'", id(3), "three");
        assertThat(summaries(tablet.heard())).containsExactly("message 3 ann: three");
    }

    @Test
    void nothingIsSaidInAPairThatItsUsersCouldNotFind() {
        Client ann = clients.v2("ann");
        listsFail = true;

        List<JsonNode> answer = ann.ask("{'event':'speak','to_user_id':'bob','id':'" + ID + "','content':'x'}");

        assertThat(summaries(answer)).containsExactly("error speak");
        assertThat(answer.get(0).path("committed").asBoolean(true)).isFalse();
        assertThat(clients.now(log.read(Reading.last(CONVERSATION, 1))).entries())
                .isEmpty();
    }
}
