package io.embedim.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.cluster.Command;
import io.embedim.cluster.CommandHandler;
import io.embedim.cluster.CommandReply;
import io.embedim.cluster.NodeId;
import io.embedim.conversation.Topic;
import io.embedim.model.ImException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The part of {@link BrokerContract} about commands from node to node: B9 to B12, and what nodes have to agree about, B4. */
public interface BrokerCommands extends BrokerFactory {

    /** B9. */
    @Test
    default void commandIsCarriedOutOnceByTheNodeThatIsNamed() {
        try (BrokerPair pair = new BrokerPair(this)) {
            List<Command> first = pair.serveFirst(BrokerPair.ANSWERS);
            List<Command> second = pair.serveSecond(BrokerPair.ANSWERS);

            CommandReply reply = pair.command(pair.secondId(), "hello");

            assertThat(reply).as("B9: the reply of the node").isEqualTo(BrokerPair.REPLY);
            assertThat(second)
                    .as("B9: commands carried out by the node that is named")
                    .containsExactly(BrokerPair.send("hello"));
            assertThat(first).as("B9: commands carried out by the other node").isEmpty();
        }
    }

    /** B10. */
    @Test
    default void commandsAreBegunInTheOrderInWhichTheyWereGiven() {
        try (BrokerPair pair = new BrokerPair(this)) {
            List<Command> carriedOut = pair.serveSecond(BrokerPair.ANSWERS);

            List<CompletionStage<CommandReply>> replies = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                replies.add(pair.first().broker().command(pair.secondId(), BrokerPair.send("m" + i)));
            }
            replies.forEach(reply -> Stages.await("B10: a reply of 200", reply));

            assertThat(carriedOut)
                    .as("B10: commands in the order in which they were given")
                    .isEqualTo(IntStream.range(0, 200)
                            .mapToObj(i -> BrokerPair.send("m" + i))
                            .toList());
        }
    }

    /** B10: neither commands nor messages. */
    @Test
    default void commandWhoseReplyTakesItsTimeHoldsUpNoOther() {
        try (BrokerPair pair = new BrokerPair(this)) {
            CompletableFuture<CommandReply> late = new CompletableFuture<>();
            pair.serveSecond(command -> command.equals(BrokerPair.send("slow"))
                    ? late
                    : CompletableFuture.completedFuture(BrokerPair.REPLY));
            Topic topic = Topic.of(pair.second().group("g"));
            pair.second().subscribe(topic);

            CompletionStage<CommandReply> slow =
                    pair.first().broker().command(pair.secondId(), BrokerPair.send("slow"));
            CompletionStage<CommandReply> quick =
                    pair.first().broker().command(pair.secondId(), BrokerPair.send("quick"));
            Stages.await("B10: a command behind one without a reply", quick);
            pair.second().publish(pair.second().toGroup("g", "message"));
            pair.second().awaitContent("B10: a message behind a command without a reply", topic, "message");

            assertThat(slow.toCompletableFuture())
                    .as("B9: a reply before the node has given it")
                    .isNotDone();
            late.complete(CommandReply.NOBODY);
            assertThat(Stages.await("B9: a late reply", slow))
                    .as("B9: a late reply")
                    .isEqualTo(CommandReply.NOBODY);
        }
    }

    /** B11. */
    @Test
    default void commandToANodeThatNobodyServesHasNoReply() {
        try (BrokerPair pair = new BrokerPair(this)) {
            List<Command> carriedOut = pair.serveSecond(BrokerPair.ANSWERS);

            assertThat(Stages.fails(
                            pair.first().broker().command(new NodeId("nobody"), BrokerPair.send("m")), Stages.BRIEFLY))
                    .as("B11: a command to a node that nobody serves has no reply")
                    .isTrue();
            assertThat(carriedOut)
                    .as("B9: commands carried out by another node")
                    .isEmpty();
        }
    }

    /** B11. */
    @Test
    default void commandThatTheNodeFailsToCarryOutHasNoReply() {
        try (BrokerPair pair = new BrokerPair(this)) {
            pair.serveSecond(command -> {
                if (command.equals(BrokerPair.send("throws"))) {
                    throw new ImException("thrown by the test's handler");
                }
                return command.equals(BrokerPair.send("fails"))
                        ? CompletableFuture.failedFuture(new ImException("failed by the test's handler"))
                        : CompletableFuture.completedFuture(BrokerPair.REPLY);
            });

            for (String bad : List.of("throws", "fails")) {
                assertThat(Stages.fails(
                                pair.first().broker().command(pair.secondId(), BrokerPair.send(bad)), Stages.BRIEFLY))
                        .as("B11: a command whose handler %s has no reply", bad)
                        .isTrue();
            }
            assertThat(pair.command(pair.secondId(), "good"))
                    .as("B11: a command behind failed ones")
                    .isEqualTo(BrokerPair.REPLY);
        }
    }

    /** B11. */
    @Test
    default void commandAfterCloseHasNoReply() {
        BrokerPair pair = new BrokerPair(this);
        pair.serveSecond(BrokerPair.ANSWERS);

        pair.first().close();

        assertThat(Stages.fails(pair.first().broker().command(pair.secondId(), BrokerPair.send("m")), Stages.BRIEFLY))
                .as("B11: a command after close has no reply")
                .isTrue();
        pair.close();
    }

    /** B12. */
    @Test
    default void commandsFromInsideAHandlerAndAListenerAreCarriedOut() {
        try (BrokerPair pair = new BrokerPair(this)) {
            CompletableFuture<CommandReply> fromHandler = new CompletableFuture<>();
            pair.serveSecond(command -> {
                if (command.equals(BrokerPair.send("ask"))) {
                    pair.second()
                            .broker()
                            .command(pair.secondId(), BrokerPair.send("inner"))
                            .thenAccept(fromHandler::complete);
                }
                return CompletableFuture.completedFuture(BrokerPair.REPLY);
            });
            CompletableFuture<CommandReply> fromListener = new CompletableFuture<>();
            pair.onMessage(() -> pair.first()
                    .broker()
                    .command(pair.secondId(), BrokerPair.send("m"))
                    .thenAccept(fromListener::complete));
            Topic topic = Topic.of(pair.first().group("g"));
            pair.first().subscribe(topic);

            pair.command(pair.secondId(), "ask");
            Stages.await("B12: a command from inside a command handler", fromHandler);
            pair.first().publish(pair.first().toGroup("g", "hi"));

            assertThat(Stages.await("B12: a command from inside a listener", fromListener))
                    .as("B12: the reply")
                    .isEqualTo(BrokerPair.REPLY);
        }
    }

    /** A node has one handler. */
    @Test
    default void nodeThatIsServedAlreadyIsRefused() {
        try (BrokerPair pair = new BrokerPair(this)) {
            pair.serveSecond(BrokerPair.ANSWERS);
            CommandHandler other = command -> new CompletableFuture<>();

            assertThatThrownBy(() -> pair.second().broker().serve(pair.secondId(), other))
                    .as("serve of a node that is served already")
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    /** B3, B4: what one node publishes the others hear, all in the same order. */
    @Test
    default void nodesHearTheSameMessagesInTheSameOrder() {
        try (BrokerPair pair = new BrokerPair(this)) {
            Topic topic = Topic.of(pair.first().group("g"));
            pair.nodes().forEach(node -> node.subscribe(topic));

            Stages.together(IntStream.range(0, 4)
                    .<Callable<Boolean>>mapToObj(thread -> () -> {
                        BrokerNode node = thread % 2 == 0 ? pair.first() : pair.second();
                        for (int i = 0; i < 50; i++) {
                            Stages.await(
                                    "publish",
                                    node.broker().publish(pair.first().toGroup("g", thread + "-" + i)));
                        }
                        return true;
                    })
                    .toList());
            pair.nodes().forEach(node -> node.awaitHeard("B4: 200 messages of 2 nodes", heard -> heard.size() >= 200));

            assertThat(pair.nodes())
                    .as("B4: the order on every node")
                    .allSatisfy(node -> assertThat(node.messages())
                            .extracting(message -> message.position().seq())
                            .containsExactlyElementsOf(IntStream.rangeClosed(1, 200)
                                    .mapToObj(i -> (long) i)
                                    .toList()));
        }
    }
}
