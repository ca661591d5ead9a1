package io.embedim.jdbc;

import io.embedim.cluster.Command;
import io.embedim.cluster.CommandHandler;
import io.embedim.cluster.CommandReply;
import io.embedim.cluster.NodeId;
import io.embedim.model.ImException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Commands of the one node to itself. One runs on the thread of who gives it, so those of one thread keep their order. */
final class LocalCommands {

    private final ConcurrentMap<NodeId, CommandHandler> handlers = new ConcurrentHashMap<>();
    private volatile boolean closed;

    void serve(NodeId node, CommandHandler handler) {
        if (handlers.putIfAbsent(node, handler) != null) {
            throw new IllegalStateException("node " + node + " is served already; expected an id of its own for each");
        }
    }

    CompletionStage<CommandReply> command(NodeId node, Command command) {
        CommandHandler handler = handlers.get(node);
        if (closed || handler == null) {
            return CompletableFuture.failedStage(new ImException(
                    closed
                            ? "the broker is closed; nothing was done"
                            : "nobody serves node " + node + "; nothing was done"));
        }
        try {
            return handler.carryOut(command);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(
                    new ImException("node " + node + " failed to carry out " + command, e));
        }
    }

    void close() {
        closed = true;
        handlers.clear();
    }
}
