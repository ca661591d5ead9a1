package io.embedim.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImListener;
import io.embedim.ImServer;
import io.embedim.Speech;
import io.embedim.cluster.NodeId;
import io.embedim.conversation.Broker;
import io.embedim.conversation.Draft;
import io.embedim.conversation.Receipt;
import io.embedim.model.UserId;
import io.embedim.session.InMemorySessionStore;
import io.embedim.session.SessionStore;
import io.embedim.testkit.InMemoryCluster;
import io.embedim.testkit.ManualRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UndeliveredTest {

    private final ManualRuntime runtime = new ManualRuntime();
    private final InMemoryCluster cluster = new InMemoryCluster(runtime, Duration.ofHours(1));
    private final Faulty<SessionStore> store = new Faulty<>(SessionStore.class, new InMemorySessionStore(runtime::now));
    private final Faulty<Broker> broker = new Faulty<>(Broker.class, cluster.broker());
    private final List<String> toldHere = new ArrayList<>();
    private final List<String> toldThere = new ArrayList<>();
    private final Clients here = node("n1", broker.backend, toldHere);
    private final Clients there = node("n2", cluster.broker(), toldThere);
    private final Clients.Client sender = here.open().join("anne");

    @Test
    void messageToNobodyIsToldOnceOnTheSendersNode() {
        sender.speakTo("anne", "bert", "hi");

        assertThat(toldHere).containsExactly("anne -> bert: hi #1");
        assertThat(toldThere).isEmpty();
    }

    @Test
    void messageToSomebodyHereOrOnAnotherNodeIsNotTold() {
        Clients.Client bert = here.open().join("bert");
        Clients.Client carl = there.open().join("carl");

        sender.speakTo("anne", "bert", "hi").speakTo("anne", "carl", "hi");

        assertThat(bert.heard()).last().isEqualTo("0 anne[单聊对]bert[说]:hi");
        assertThat(carl.heard()).last().isEqualTo("0 anne[单聊对]carl[说]:hi");
        assertThat(toldHere).isEmpty();
        assertThat(toldThere).isEmpty();
    }

    @Test
    void groupMessagesAreNotTold() {
        sender.joinGroup("anne", 100).speak("anne", 100, "hi").speak("anne", 7, "to nobody");

        assertThat(toldHere).isEmpty();
    }

    @Test
    void whatTheApplicationSaysIsToldToo() {
        here.now(here.server.publish(Speech.toUser(UserId.of("system"), "S", UserId.of("bert"), "hi")));

        assertThat(toldHere).containsExactly("system -> bert: hi #1");
    }

    @Test
    void refusedMessageIsNotTold() {
        broker.set(Faulty.Fault.FAILS, "publish");
        sender.speakTo("anne", "bert", "hi");

        assertThat(sender.heard()).last().asString().startsWith("503");
        assertThat(toldHere).isEmpty();
    }

    @Test
    void storeThatHangsHoldsUpNoMessageAndIsAskedOnlyWhereNobodyIsHere() {
        Clients.Client bert = here.open().join("bert");
        bert.heard();
        store.set(Faulty.Fault.HANGS, "ofUser");

        IntStream.range(0, 100).forEach(i -> sender.speakTo("anne", i % 2 == 0 ? "bert" : "nobody", "m" + i));
        assertThat(bert.heard()).hasSize(50);
        runtime.advance(Duration.ofSeconds(6));
        assertThat(toldHere).as("the store has not answered in time").isEmpty();
        store.letGo();
        store.set(Faulty.Fault.NONE);
        runtime.runAll();
        assertThat(toldHere).as("an answer that is too late").isEmpty();

        sender.speakTo("anne", "nobody", "again");
        assertThat(toldHere).singleElement().asString().startsWith("anne -> nobody: again");
    }

    @Test
    void storeIsAskedAfterTheSenderHasGoneOn() {
        sender.inbound.received(
                Clients.frame("speak", 1, 0, "anne", "\"to_user_id\":\"bert\",\"content\":\"hi\""), true);

        assertThat(toldHere).as("before the executor has run").isEmpty();
        runtime.runAll();
        assertThat(toldHere).hasSize(1);
    }

    private Clients node(String id, Broker link, List<String> told) {
        return new Clients(
                runtime,
                ImServer.builder()
                        .classicProfile()
                        .sessionStore(store.backend)
                        .broker(link)
                        .cluster(cluster.join(new NodeId(id)))
                        .listener(new ImListener() {
                            @Override
                            public void undelivered(Draft message, Receipt receipt) {
                                told.add(message.sender() + " -> " + message.recipient() + ": " + message.content()
                                        + " #" + receipt.position().seq());
                            }
                        }));
    }
}
