package io.embedim.internal.routing;

import io.embedim.cluster.Command;
import io.embedim.cluster.CommandReply;
import io.embedim.cluster.Node;
import io.embedim.cluster.NodeId;
import io.embedim.conversation.Broker;
import io.embedim.model.ImException;
import io.embedim.model.LogText;
import io.embedim.monitor.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings commands to the other nodes that live, in the order in which they were given.
 *
 * <p>Who lives is asked before each command goes out, so that no node is overlooked that has been there before it; one question serves all commands that wait for it.
 */
final class Others {

    private static final Logger LOG = LoggerFactory.getLogger(Others.class);

    private final Broker broker;
    private final Supplier<NodeId> self;
    private final Supplier<CompletionStage<List<Node>>> liveNodes;
    private final Steps steps;
    private final Steps brokerSteps;
    private final Mailbox turn;
    private List<Asked> waiting = new ArrayList<>();

    Others(EngineConfig config, Steps steps) {
        this.broker = config.broker();
        this.self = config.cluster()::self;
        this.liveNodes = config.cluster()::liveNodes;
        this.steps = steps.of(Backend.CLUSTER);
        this.brokerSteps = steps.of(Backend.BROKER);
        this.turn = new Mailbox(config.runtime().executor());
    }

    /** What all other nodes answer together, with those that do not; fails where it cannot be known which nodes there are. */
    CompletableFuture<Reached> ask(Command command) {
        Asked asked = new Asked(command, new CompletableFuture<>());
        synchronized (this) {
            waiting.add(asked);
        }
        turn.post(this::bring);
        return asked.answer;
    }

    private @Nullable CompletionStage<?> bring() {
        List<Asked> batch = takeWaiting();
        if (batch.isEmpty()) {
            return null;
        }
        return steps.then(
                liveNodes,
                nodes -> {
                    batch.forEach(asked -> bring(asked, nodes));
                    return null;
                },
                failure -> batch.forEach(asked -> asked.answer.completeExceptionally(new ImException(
                        "unknown: done on this node, but not on others, because nobody said which there are",
                        failure))));
    }

    private synchronized List<Asked> takeWaiting() {
        List<Asked> batch = waiting;
        waiting = new ArrayList<>();
        return batch;
    }

    private void bring(Asked asked, List<Node> nodes) {
        CompletableFuture<Reached> all = CompletableFuture.completedFuture(Reached.NOBODY);
        for (Node node : nodes) {
            if (!node.id().equals(self.get())) {
                all = all.thenCombine(ask(node.id(), asked.command), Reached::plus);
            }
        }
        CompletionStage<?> ignored = all.whenComplete((reached, failure) -> {
            if (failure == null) {
                asked.answer.complete(reached);
            } else {
                asked.answer.completeExceptionally(failure);
            }
        });
    }

    private CompletableFuture<Reached> ask(NodeId node, Command command) {
        CompletableFuture<CommandReply> reply;
        try {
            reply = broker.command(node, command).toCompletableFuture();
        } catch (RuntimeException e) {
            reply = CompletableFuture.failedFuture(e);
        }
        return brokerSteps.inTime(reply).handle((answer, failure) -> {
            if (failure == null) {
                return new Reached(answer, Set.of());
            }
            LOG.warn(
                    "event=node_not_reached node={} command={} cause={}",
                    LogText.line(node),
                    LogText.line(command),
                    LogText.line(Steps.cause(failure)));
            return new Reached(CommandReply.NOBODY, Set.of(node));
        });
    }

    private record Asked(Command command, CompletableFuture<Reached> answer) {}
}
