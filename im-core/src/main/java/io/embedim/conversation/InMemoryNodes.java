package io.embedim.conversation;

import io.embedim.cluster.Command;
import io.embedim.cluster.CommandHandler;
import io.embedim.cluster.CommandReply;
import io.embedim.cluster.NodeId;
import io.embedim.model.ImException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** What the brokers of one process share: the conversations, and who carries out the commands to which node of this process. A command runs on the thread of who gives it, so commands of one thread keep their order. */
final class InMemoryNodes {

    final ConcurrentMap<ConversationId, ConversationLog> logs = new ConcurrentHashMap<>();
    final AtomicLong ticks = new AtomicLong();
    final Room room;

    private final ConcurrentMap<NodeId, CommandHandler> handlers = new ConcurrentHashMap<>();
    private volatile InMemoryBroker[] brokers = {};

    InMemoryNodes(LogLimits limits) {
        this.room = new Room(limits, logs);
    }

    /** Not to be changed. */
    InMemoryBroker[] brokers() {
        return brokers;
    }

    synchronized void add(InMemoryBroker broker) {
        InMemoryBroker[] more = Arrays.copyOf(brokers, brokers.length + 1);
        more[brokers.length] = broker;
        brokers = more;
    }

    /** True where none is left. */
    synchronized boolean remove(InMemoryBroker broker) {
        brokers = Arrays.stream(brokers).filter(other -> other != broker).toArray(InMemoryBroker[]::new);
        return brokers.length == 0;
    }

    void serve(NodeId node, CommandHandler handler) {
        if (handlers.putIfAbsent(node, handler) != null) {
            throw new IllegalStateException("node " + node + " is served already; expected an id of its own for each");
        }
    }

    void leave(NodeId node, CommandHandler handler) {
        handlers.remove(node, handler);
    }

    CompletionStage<CommandReply> command(NodeId node, Command command) {
        CommandHandler handler = handlers.get(node);
        if (handler == null) {
            return CompletableFuture.failedStage(new ImException("nobody serves node " + node + "; nothing was done"));
        }
        try {
            return handler.carryOut(command);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(
                    new ImException("node " + node + " failed to carry out " + command, e));
        }
    }
}
