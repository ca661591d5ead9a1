package io.embedim.conversation;

import io.embedim.cluster.Command;
import io.embedim.cluster.CommandHandler;
import io.embedim.cluster.CommandReply;
import io.embedim.cluster.NodeId;
import io.embedim.model.ImException;
import io.embedim.model.LogText;
import io.embedim.runtime.ImRuntime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The default {@link Broker}: in memory, without history.
 *
 * <p>A message is numbered and put on its topics' queues in one step under its conversation's lock; whoever then finds a queue idle delivers from it, outside any lock, at most 64 events,
 * and hands the rest on to the runtime's executor. A publish from inside a listener only puts in.
 *
 * <p>Of a conversation nothing is kept but its epoch, last number and last mid, and that only for those used lately: beyond {@value #MAX_LOGS} conversations the ones that were idle
 * longest are forgotten and start a new epoch when they are used again.
 *
 * <p>For tests of several nodes in one process, {@link #nextNode} makes brokers that share their conversations; im-testkit's {@code InMemoryCluster} does.
 */
public final class InMemoryBroker implements Broker {

    /** How many conversations are remembered. */
    public static final int MAX_LOGS = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(InMemoryBroker.class);
    private static final int BURST = 64;
    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    private final ImRuntime runtime;
    private final ConcurrentMap<ConversationId, ConversationLog> logs;
    private final ConcurrentMap<Topic, TopicQueue> topics = new ConcurrentHashMap<>();
    private final AtomicLong ticks;
    private final String midPrefix;
    private final Deliveries deliveries;
    private final InMemoryNodes nodes;
    private final Map<NodeId, CommandHandler> served = new ConcurrentHashMap<>();
    private volatile @Nullable TopicListener listener;
    private volatile boolean closed;

    /**
     * An empty broker.
     *
     * @param runtime time, chance, and where to go on when a topic has much to deliver
     */
    public InMemoryBroker(ImRuntime runtime) {
        this(runtime, new InMemoryNodes());
    }

    private InMemoryBroker(ImRuntime runtime, InMemoryNodes nodes) {
        this.runtime = runtime;
        this.nodes = nodes;
        this.logs = nodes.logs;
        this.ticks = nodes.ticks;
        this.midPrefix = randomHex() + "-";
        this.deliveries = new Deliveries(BURST, runtime.executor(), this::deliver);
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
    public synchronized void attach(TopicListener nodeListener) {
        if (listener != null) {
            throw new IllegalStateException("a listener is attached already; a broker serves one server");
        }
        listener = nodeListener;
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
        if (closed) {
            return CompletableFuture.failedStage(new ImException("the broker is closed; nothing was published"));
        }
        long tick = ticks.incrementAndGet();
        String mid = midPrefix + Long.toString(tick, Character.MAX_RADIX);
        ConversationLog log;
        Message message;
        do {
            log = log(draft.conversation(), tick);
            message = append(log, draft, mid, tick);
        } while (message == null);
        if (message.position().seq() == 1) {
            forgetIdle();
        }
        for (InMemoryBroker broker : nodes.brokers()) {
            broker.drain(log.audience());
        }
        return CompletableFuture.completedFuture(new Receipt(message.position(), message.at(), false));
    }

    @Override
    public CompletionStage<Void> signal(Signal signal) {
        for (InMemoryBroker broker : nodes.brokers()) {
            TopicQueue queue = broker.topics.get(signal.topic());
            if (queue != null && queue.offer(signal)) {
                broker.deliveries.drain(queue);
            }
        }
        return DONE;
    }

    @Override
    public CompletionStage<Void> subscribe(Topic topic) {
        while (true) {
            CompletionStage<Void> done =
                    topics.computeIfAbsent(topic, TopicQueue::new).subscribe();
            if (done != null) {
                return done;
            }
            // It has retired and is being taken out of the map by whoever retired it.
            topics.computeIfPresent(topic, (key, queue) -> queue.retire() ? null : queue);
        }
    }

    @Override
    public CompletionStage<Void> unsubscribe(Topic topic) {
        TopicQueue queue = topics.get(topic);
        if (queue == null) {
            return DONE;
        }
        CompletionStage<Void> done = queue.unsubscribe();
        return done.thenRun(() -> topics.computeIfPresent(topic, (key, current) -> current.retire() ? null : current));
    }

    @Override
    public CompletionStage<Void> probe() {
        return closed || listener == null
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

    /** Null where the log has been forgotten meanwhile. */
    private @Nullable Message append(ConversationLog log, Draft draft, String mid, long tick) {
        synchronized (log) {
            if (log.isForgotten()) {
                return null;
            }
            Message message = log.append(draft, mid, runtime.now(), tick);
            for (InMemoryBroker broker : nodes.brokers()) {
                broker.offer(log.audience(), message);
            }
            return message;
        }
    }

    private void offer(List<Topic> audience, Message message) {
        for (int i = 0; i < audience.size(); i++) {
            TopicQueue queue = topics.get(audience.get(i));
            if (queue != null) {
                queue.offer(message);
            }
        }
    }

    private void forgetIdle() {
        if (logs.size() <= MAX_LOGS) {
            return;
        }
        long tick = ticks.get();
        logs.forEach((id, log) -> {
            if (log.lastUse() < tick - MAX_LOGS / 2) {
                log.forget();
                logs.remove(id, log);
            }
        });
    }

    private void drain(List<Topic> audience) {
        for (Topic topic : audience) {
            TopicQueue queue = topics.get(topic);
            if (queue != null) {
                deliveries.drain(queue);
            }
        }
    }

    private void deliver(Topic topic, TopicEvent event) {
        TopicListener current = listener;
        if (current == null) {
            return;
        }
        try {
            current.onEvent(topic, event);
        } catch (Throwable e) { // Whatever it is, the topic goes on.
            LOG.error("event=topic_listener_failed topic={}", LogText.line(topic), LogText.trace(e));
        }
    }

    private String randomHex() {
        byte[] bits = new byte[12];
        runtime.random().nextBytes(bits);
        return HexFormat.of().formatHex(bits);
    }
}
