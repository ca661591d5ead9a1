package io.embedim.conversation;

import io.embedim.cluster.Command;
import io.embedim.cluster.CommandHandler;
import io.embedim.cluster.CommandReply;
import io.embedim.cluster.NodeId;
import io.embedim.model.ImException;
import io.embedim.model.UserId;
import io.embedim.runtime.ImRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The default {@link Broker}: in memory. Without {@link LogLimits} it keeps nothing but numbers.
 *
 * <p>A message is numbered and put on its topics' queues in one step under its conversation's lock; whoever then finds a queue idle delivers from it, outside any lock, at most 64 events,
 * and hands the rest on to the runtime's executor. A publish from inside a listener only puts in.
 *
 * <p>Of a conversation its epoch, last number and last mid are kept, and what the limits allow; and that only for those used lately: beyond {@value #MAX_LOGS} conversations the ones that
 * were idle longest are forgotten and start a new epoch when they are used again, unless they have members or ids that are still to be known. Nothing outlives the process.
 *
 * <p>For tests of several nodes in one process, {@link #nextNode} makes brokers that share their conversations; im-testkit's {@code InMemoryCluster} does.
 */
public final class InMemoryBroker implements LogBroker {

    /** How many conversations are remembered. */
    public static final int MAX_LOGS = 100_000;

    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    private final ImRuntime runtime;
    private final ConcurrentMap<ConversationId, ConversationLog> logs;
    private final LocalTopics topics;
    private final AtomicLong ticks;
    private final String midPrefix;
    private final InMemoryNodes nodes;
    private final Room room;
    private final Map<NodeId, CommandHandler> served = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * An empty broker.
     *
     * @param runtime time, chance, and where to go on when a topic has much to deliver
     */
    public InMemoryBroker(ImRuntime runtime) {
        this(runtime, LogLimits.NONE);
    }

    /**
     * An empty broker that keeps what was said.
     *
     * @param runtime time, chance, and where to go on when a topic has much to deliver
     * @param limits how much it keeps
     */
    public InMemoryBroker(ImRuntime runtime, LogLimits limits) {
        this(runtime, new InMemoryNodes(limits));
    }

    private InMemoryBroker(ImRuntime runtime, InMemoryNodes nodes) {
        this.runtime = runtime;
        this.nodes = nodes;
        this.logs = nodes.logs;
        this.ticks = nodes.ticks;
        this.room = nodes.room;
        this.midPrefix = randomHex() + "-";
        this.topics = new LocalTopics(runtime.executor());
        nodes.add(this);
    }

    /**
     * The broker of another node in this process: what is published here is heard there, and the other way round, in one order. Each is attached to and closed on its own.
     *
     * @param on the other node's runtime
     * @return a broker without a listener
     */
    public InMemoryBroker nextNode(ImRuntime on) {
        return new InMemoryBroker(on, nodes);
    }

    @Override
    public void attach(TopicListener nodeListener) {
        topics.attach(nodeListener);
    }

    @Override
    public void serve(NodeId self, CommandHandler handler) {
        nodes.serve(self, handler);
        served.put(self, handler);
    }

    @Override
    public CompletionStage<CommandReply> command(NodeId node, Command command) {
        return closed
                ? CompletableFuture.failedStage(new ImException("the broker is closed; nothing was done"))
                : nodes.command(node, command);
    }

    @Override
    public CompletionStage<Receipt> publish(Draft draft) {
        try {
            return CompletableFuture.completedFuture(receipt(put(draft)));
        } catch (ImException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    public CompletionStage<Outcome> append(Draft draft) {
        try {
            return CompletableFuture.completedFuture(put(draft));
        } catch (ImException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private Outcome put(Draft draft) {
        if (closed) {
            throw new ImException("the broker is closed; nothing was published");
        }
        if (draft.once() != null && !room.hasRoomForId(runtime.now()) && !isKnown(draft, draft.once())) {
            throw new ImException(room.full() + "; nothing was published");
        }
        long tick = ticks.incrementAndGet();
        String mid = midPrefix + Long.toString(tick, Character.MAX_RADIX);
        Object entered;
        ConversationLog log;
        do {
            log = draft.needsALog() ? logs.get(draft.conversation()) : log(draft.conversation(), tick);
            if (log == null) {
                return refusalWithoutALog(draft);
            }
            entered = enter(log, draft, mid, tick);
        } while (entered == null);
        if (entered instanceof Outcome already) {
            return already;
        }
        Message message = (Message) entered;
        if (message.position().seq() == 1) {
            forgetIdle();
        }
        room.squeeze();
        for (InMemoryBroker broker : nodes.brokers()) {
            broker.topics.deliver(log.audience());
        }
        return new Receipt(message.position(), message.at(), false);
    }

    @Override
    public CompletionStage<Optional<Outcome>> find(ConversationId conversation, UserId sender, Once once) {
        ConversationLog log = logs.get(conversation);
        return CompletableFuture.completedFuture(
                log == null ? Optional.empty() : Optional.ofNullable(log.find(sender, once)));
    }

    @Override
    public CompletionStage<Slice> read(Reading reading) {
        if (closed) {
            return CompletableFuture.failedStage(new ImException("the broker is closed; nothing was read"));
        }
        ConversationLog log = logs.get(reading.conversation());
        return CompletableFuture.completedFuture(log == null ? SliceReader.ofNothing(reading) : log.read(reading));
    }

    @Override
    public CompletionStage<Integer> unread(Reading behind, UserId user) {
        UnreadCount.position(behind);
        if (closed) {
            return CompletableFuture.failedStage(new ImException("the broker is closed; nothing was counted"));
        }
        ConversationLog log = logs.get(behind.conversation());
        return CompletableFuture.completedFuture(log == null ? 0 : log.unread(behind, user));
    }

    @Override
    public Duration dedupeWindow() {
        return room.limits().dedupeWindow();
    }

    @Override
    public CompletionStage<Void> signal(Signal signal) {
        List<Topic> audience = List.of(signal.topic());
        for (InMemoryBroker broker : nodes.brokers()) {
            broker.topics.put(audience, signal);
            broker.topics.deliver(audience);
        }
        return DONE;
    }

    @Override
    public CompletionStage<Void> subscribe(Topic topic) {
        return topics.subscribe(topic);
    }

    @Override
    public CompletionStage<Void> unsubscribe(Topic topic) {
        return topics.unsubscribe(topic);
    }

    @Override
    public CompletionStage<Void> probe() {
        return closed || !topics.isAttached()
                ? CompletableFuture.failedStage(new ImException("the broker is closed or has no listener yet"))
                : DONE;
    }

    @Override
    public void close() {
        closed = true;
        served.forEach(nodes::leave);
        topics.clear();
        if (nodes.remove(this)) {
            logs.clear();
        }
    }

    private ConversationLog log(ConversationId conversation, long tick) {
        ConversationLog log = logs.get(conversation);
        return log != null ? log : logs.computeIfAbsent(conversation, id -> new ConversationLog(id, randomHex(), tick));
    }

    /** The message, or what the draft is answered instead; null where the log has been forgotten meanwhile. */
    private @Nullable Object enter(ConversationLog log, Draft draft, String mid, long tick) {
        synchronized (log) {
            if (log.isForgotten()) {
                return null;
            }
            Instant now = runtime.now();
            long bytes = log.bytes();
            int ids = log.ids();
            Outcome already = log.already(draft, room.limits(), now);
            Message message = already != null ? null : log.append(draft, mid, room.limits(), now, tick);
            room.changed(log.bytes() - bytes, log.ids() - ids);
            if (message == null) {
                return already;
            }
            for (InMemoryBroker broker : nodes.brokers()) {
                broker.topics.put(log.audience(), message);
            }
            return message;
        }
    }

    private boolean isKnown(Draft draft, Once once) {
        ConversationLog log = logs.get(draft.conversation());
        return log != null && log.find(draft.sender(), once) != null;
    }

    private static Refusal refusalWithoutALog(Draft draft) {
        boolean aboutAMessage = draft.action() instanceof Action.Edit || draft.action() instanceof Action.Recall;
        return draft.fence() == null && aboutAMessage ? Refusal.NO_SUCH_MESSAGE : Refusal.NOT_A_MEMBER;
    }

    private static Receipt receipt(Outcome outcome) {
        if (outcome instanceof Receipt receipt) {
            return receipt;
        }
        throw new ImException("refused: " + outcome + "; nothing was published");
    }

    private void forgetIdle() {
        if (logs.size() <= MAX_LOGS) {
            return;
        }
        long tick = ticks.get();
        logs.forEach((id, log) -> {
            if (log.lastUse() < tick - MAX_LOGS / 2) {
                long bytes = log.forget();
                if (bytes >= 0) {
                    logs.remove(id, log);
                    room.changed(-bytes, 0);
                }
            }
        });
    }

    private String randomHex() {
        byte[] bits = new byte[12];
        runtime.random().nextBytes(bits);
        return HexFormat.of().formatHex(bits);
    }
}
