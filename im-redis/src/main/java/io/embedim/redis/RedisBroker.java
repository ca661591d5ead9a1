package io.embedim.redis;

import io.embedim.cluster.Command;
import io.embedim.cluster.CommandHandler;
import io.embedim.cluster.CommandReply;
import io.embedim.cluster.NodeId;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Draft;
import io.embedim.conversation.LocalTopics;
import io.embedim.conversation.LogBroker;
import io.embedim.conversation.Once;
import io.embedim.conversation.Outcome;
import io.embedim.conversation.Reading;
import io.embedim.conversation.Receipt;
import io.embedim.conversation.Retention;
import io.embedim.conversation.Signal;
import io.embedim.conversation.Slice;
import io.embedim.conversation.Topic;
import io.embedim.conversation.TopicListener;
import io.embedim.model.ImException;
import io.embedim.model.UserId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A {@link LogBroker} that keeps what was said in Redis, and brings it to every node with somebody who is to hear it.
 *
 * <p><b>Lifecycle.</b> From {@link RedisBackend#broker()}; closed by the server.
 *
 * <p><b>Threads.</b> Nothing blocks its caller, but {@link #serve}, for one round trip, and {@link #close}. Stages complete on the runtime's executor, and so does delivery.
 *
 * <p><b>Ordering.</b> An append and its publication are one step in Redis, and this node hears what it has published itself in no other way: the order of the log is the order everywhere.
 *
 * <p><b>Failure.</b> A stage that fails says which of the two it is. <i>Was not made</i>: nothing was appended. <i>Has an unknown outcome</i>: the connection broke, or the time ended, while Redis had
 * it. When Redis is back, the broker goes on by itself: it listens again, reads what it has missed, and only then is {@link #probe} answered.
 *
 * <p>docs/how-to/cluster.md says what is promised.
 */
public final class RedisBroker implements LogBroker {

    /** A thousand entries, thirty days and one MiB in each conversation: it is memory. */
    public static final Retention DEFAULT_RETENTION = Retention.DEFAULT;

    private static final byte[] NOTHING = {};

    private final Link link;
    private final RedisKeys keys;
    private final Appends appends;
    private final LogReads reads;
    private final UnreadReads unread;
    private final LocalTopics topics;
    private final Listening listening;
    private final NodeCommands commands;
    private final Heartbeat heartbeat;
    private final Duration dedupeWindow;
    private final boolean cluster;
    private final Runnable onClose;
    private volatile boolean closed;

    RedisBroker(RedisParts parts, Runnable onClose) {
        this.link = parts.link;
        this.keys = parts.keys;
        this.appends = parts.appends;
        this.reads = parts.reads;
        this.unread = parts.unread;
        this.topics = parts.topics;
        this.listening = parts.listening;
        this.commands = parts.commands;
        this.heartbeat = parts.heartbeat;
        this.dedupeWindow = parts.dedupeWindow;
        this.cluster = parts.cluster;
        this.onClose = onClose;
    }

    @Override
    public void attach(TopicListener listener) {
        topics.attach(listener);
    }

    /** Waits for one round trip to Redis, so that commands to this node find it from then on. */
    @Override
    public void serve(NodeId self, CommandHandler handler) {
        commands.serve(self, handler);
    }

    @Override
    public CompletionStage<CommandReply> command(NodeId node, Command command) {
        return closed ? failed("nothing was done") : commands.command(node, command);
    }

    @Override
    public CompletionStage<Receipt> publish(Draft draft) {
        return append(draft).thenApply(outcome -> {
            if (outcome instanceof Receipt receipt) {
                return receipt;
            }
            throw new ImException("refused: " + outcome + "; nothing was published");
        });
    }

    @Override
    public CompletionStage<Outcome> append(Draft draft) {
        return closed ? failed("nothing was published") : appends.append(draft);
    }

    @Override
    public CompletionStage<Optional<Outcome>> find(ConversationId conversation, UserId sender, Once once) {
        return closed ? failed("nothing was looked for") : appends.find(conversation, sender, once);
    }

    @Override
    public CompletionStage<Slice> read(Reading reading) {
        return closed ? failed("nothing was read") : reads.read(reading);
    }

    @Override
    public CompletionStage<Integer> unread(Reading behind, UserId user) {
        return closed ? failed("nothing was counted") : unread.count(behind, user);
    }

    @Override
    public Duration dedupeWindow() {
        return dedupeWindow;
    }

    @Override
    public CompletionStage<Void> signal(Signal signal) {
        if (closed) {
            return failed("nothing was sent");
        }
        String what = "signal to " + signal.topic();
        Topic topic = signal.topic();
        boolean byShard = keys.isByShard(topic);
        byte[] channel = RedisKeys.bytes(keys.channel(topic));
        byte[] frame = Wire.signal(signal);
        // On another shard than the messages it would overtake them, or they it (B7).
        CompletionStage<?> sent = cluster
                ? link.eval(
                        what,
                        Script.SIGNAL,
                        new byte[][] {keys.log(about(signal)).meta()},
                        byShard ? channel : NOTHING,
                        byShard ? NOTHING : channel,
                        frame)
                : link.call(what, redis -> redis.publish(channel, frame));
        return sent.thenApply(heard -> null);
    }

    private static ConversationId about(Signal signal) {
        return signal instanceof Signal.Note note
                ? note.conversation()
                : ConversationId.of(((Signal.Left) signal).group());
    }

    @Override
    public CompletionStage<Void> subscribe(Topic topic) {
        return closed ? failed("nothing is heard") : listening.subscribe(topic);
    }

    @Override
    public CompletionStage<Void> unsubscribe(Topic topic) {
        return listening.unsubscribe(topic);
    }

    /** Sends something to itself: it has to come back by the way that messages take. */
    @Override
    public CompletionStage<Void> probe() {
        return closed || !topics.isAttached()
                ? CompletableFuture.failedFuture(new ImException("the broker is closed or has no listener yet"))
                : heartbeat.probe();
    }

    /** Waits up to a second for the answers to what was sent, sessions that ended among it. */
    @Override
    public void close() {
        closed = true;
        link.awaitAnswers();
        heartbeat.end();
        commands.close();
        listening.clear();
        onClose.run();
    }

    private static <T> CompletionStage<T> failed(String what) {
        return CompletableFuture.failedFuture(new ImException("the broker is closed; " + what));
    }
}
