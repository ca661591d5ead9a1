package io.embedim.redis;

import io.embedim.cluster.Command;
import io.embedim.cluster.CommandHandler;
import io.embedim.cluster.CommandReply;
import io.embedim.cluster.NodeId;
import io.embedim.model.ImException;
import io.embedim.model.LogText;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commands from node to node (B9 to B12): each node hears a channel of its own, and each broker one for the replies. */
final class NodeCommands {

    private static final Logger LOG = LoggerFactory.getLogger(NodeCommands.class);
    /** Longer than the core waits; who waits no more is told at last. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Link link;
    private final Buses buses;
    private final Lanes lanes;
    private final RedisKeys keys;
    private final String own;
    private final boolean countsReceivers;
    private final ConcurrentMap<String, CommandHandler> handlers = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, CompletableFuture<CommandReply>> asked = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final Deadlines deadlines;

    NodeCommands(Link link, Buses buses, Lanes lanes, RedisKeys keys, String own, boolean countsReceivers) {
        this.link = link;
        this.buses = buses;
        this.lanes = lanes;
        this.keys = keys;
        this.own = own;
        this.countsReceivers = countsReceivers;
        this.deadlines = new Deadlines(link.runtime(), PATIENCE);
        deadlines.start();
    }

    void serve(NodeId self, CommandHandler handler) {
        String channel = keys.channel(self);
        if (handlers.putIfAbsent(channel, handler) != null) {
            throw new IllegalStateException("node " + self + " is served already; expected an id of its own for each");
        }
        try {
            // Until Redis knows, commands to this node would find nobody; one round trip, at the start of a node.
            buses.subscribe(channel).toCompletableFuture().get(link.timeOut().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("event=redis_node_not_heard_yet node={}", LogText.line(self), LogText.trace(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    CompletionStage<CommandReply> command(NodeId node, Command command) {
        long number = numbers.incrementAndGet();
        CompletableFuture<CommandReply> reply = new CompletableFuture<>();
        asked.put(number, reply);
        deadlines.add(reply, () -> new ImException("node " + node + " did not reply within " + PATIENCE));
        CompletionStage<?> unusedEnd = reply.whenComplete((answer, failure) -> asked.remove(number));
        byte[] bytes = Wire.command(number, own, command);
        CompletionStage<?> ignored = link.call(
                        "command to node " + node,
                        commands -> commands.publish(RedisKeys.bytes(keys.channel(node)), bytes))
                .whenComplete((heard, failure) -> {
                    if (failure != null) {
                        reply.completeExceptionally(Failures.cause(failure));
                    } else if (heard == 0 && countsReceivers) {
                        reply.completeExceptionally(
                                new ImException("nobody serves node " + node + "; nothing was done"));
                    }
                });
        return reply;
    }

    /** A command or a reply, if the channel is one for these. */
    void heard(String channel, byte[] bytes) {
        CommandHandler handler = handlers.get(channel);
        if (handler != null) {
            lanes.of(channel).execute(() -> carryOut(handler, bytes));
        }
    }

    /** A reply, behind its version and kind. */
    void replied(ByteReader in) {
        CompletableFuture<CommandReply> reply = asked.get(in.number());
        if (reply == null) {
            return;
        }
        try {
            reply.complete(Wire.reply(in));
        } catch (RuntimeException e) {
            reply.completeExceptionally(e);
        }
    }

    void close() {
        handlers.clear();
        deadlines.end();
    }

    private void carryOut(CommandHandler handler, byte[] bytes) {
        ByteReader in = new ByteReader(bytes, 0);
        if (Wire.kind(in) != Wire.COMMAND) {
            return;
        }
        long number = in.number();
        byte[] replyTo = RedisKeys.bytes(in.text());
        CompletionStage<CommandReply> stage;
        try {
            stage = handler.carryOut(CommandFormat.read(in));
        } catch (RuntimeException e) {
            stage = CompletableFuture.failedFuture(e);
        }
        CompletionStage<?> ignored = stage.whenComplete((reply, failure) -> {
            byte[] answer = failure == null
                    ? Wire.reply(number, reply)
                    : Wire.failed(number, "the node failed to carry it out: " + Failures.cause(failure));
            CompletionStage<?> unused = link.call("reply", commands -> commands.publish(replyTo, answer));
        });
    }
}
