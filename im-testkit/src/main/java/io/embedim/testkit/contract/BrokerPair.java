package io.embedim.testkit.contract;

import io.embedim.cluster.Command;
import io.embedim.cluster.CommandHandler;
import io.embedim.cluster.CommandReply;
import io.embedim.cluster.NodeId;
import io.embedim.conversation.Broker;
import io.embedim.model.Target;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Two nodes, or one that is both, for the rules about commands. */
final class BrokerPair implements AutoCloseable {

    static final CommandReply REPLY = new CommandReply(1, 2, 3, 4, 5, 6, "why");
    static final CommandHandler ANSWERS = command -> CompletableFuture.completedFuture(REPLY);

    private final NodeId secondId = new NodeId("n2-" + UUID.randomUUID());
    private final BrokerNode first;
    private final BrokerNode second;
    private volatile Runnable onMessage = () -> {};

    BrokerPair(BrokerFactory factory) {
        Broker one = factory.newBroker();
        Broker other = factory.nextNode(one);
        first = new BrokerNode(one, (node, event) -> onMessage.run());
        second = other == one ? first : new BrokerNode(other);
    }

    static Command send(String text) {
        return new Command.Send(Target.all(), text, false);
    }

    BrokerNode first() {
        return first;
    }

    BrokerNode second() {
        return second;
    }

    List<BrokerNode> nodes() {
        return first == second ? List.of(first) : List.of(first, second);
    }

    NodeId secondId() {
        return secondId;
    }

    void onMessage(Runnable task) {
        onMessage = task;
    }

    /** Serves the first node where it is another one; answers what it carries out. */
    List<Command> serveFirst(CommandHandler handler) {
        return serve(first, new NodeId("n1-" + UUID.randomUUID()), handler);
    }

    /** Serves the second node; answers what it carries out. */
    List<Command> serveSecond(CommandHandler handler) {
        return serve(second, secondId, handler);
    }

    CommandReply command(NodeId to, String text) {
        return Stages.call("command to " + to, () -> first.broker().command(to, send(text)));
    }

    @Override
    public void close() {
        nodes().forEach(BrokerNode::close);
    }

    private static List<Command> serve(BrokerNode node, NodeId id, CommandHandler handler) {
        List<Command> carriedOut = new CopyOnWriteArrayList<>();
        node.broker().serve(id, command -> {
            carriedOut.add(command);
            return handler.carryOut(command);
        });
        return carriedOut;
    }
}
