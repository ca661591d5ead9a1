package io.embedim.jdbc;

import io.embedim.cluster.Command;
import io.embedim.cluster.CommandHandler;
import io.embedim.cluster.CommandReply;
import io.embedim.cluster.NodeId;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Directory;
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
import io.embedim.conversation.Watermarks;
import io.embedim.model.ImException;
import io.embedim.model.UserId;
import io.embedim.runtime.ImRuntime;
import io.embedim.runtime.ImRuntime.Cancellable;
import io.embedim.session.Memberships;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * A {@link LogBroker} that keeps what was said in a SQL database (H2 or PostgreSQL), for one node.
 *
 * <p><b>Lifecycle.</b> {@link #builder} and {@link JdbcBrokerBuilder#open} at the start of the application; {@link #close} after the server. The data source stays the application's, and should be
 * a pool. Only one process may use the database: a second one is refused when it opens, by a row that the first one renews.
 *
 * <p><b>Threads.</b> Nothing but {@code open} and {@code close} blocks its caller. The database is waited for on an executor. Stages complete there, after a time-out on the runtime's.
 *
 * <p><b>Ordering.</b> There is one transaction that writes at a time. What gathers meanwhile, up to 64 appends, shares the next one, and so one wait for the disk. They are delivered
 * when it is committed, in the order of the log.
 *
 * <p><b>Failure.</b> A stage that fails says which of the two it is. <i>Was not made</i>: nothing was appended, nor will be. <i>Has an unknown outcome</i>: the connection was lost, or the time ended, while
 * the database had it; where it was committed after all, it is delivered in its place, before anything newer. When the database is back, the broker goes on by itself.
 *
 * <p>docs/how-to/keep-messages.md says what is promised, and how fast it is.
 */
public final class JdbcBroker implements LogBroker {

    /** A million entries, a year and one GiB in each conversation. */
    public static final Retention DEFAULT_RETENTION = new Retention(1_000_000, Duration.ofDays(365), 1L << 30);

    private static final long MOST_WAITING_BYTES = 64L << 20;
    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    private final Duration dedupeWindow;
    private final Duration timeOut;
    private final Threads threads;
    private final Lease lease;
    private final LocalTopics topics;
    private final LocalCommands commands = new LocalCommands();
    private final Calls calls;
    private final Writer writer;
    private final Writes writes;
    private final Pulse pulse;
    private final Directory directory;
    private final Watermarks watermarks;
    private final Memberships memberships;

    private JdbcBroker(JdbcBrokerBuilder from, Database database, Lease lease, Ids ids, Threads threads) {
        this.dedupeWindow = from.dedupeWindow;
        this.timeOut = from.timeOut;
        this.threads = threads;
        this.lease = lease;
        this.topics = new LocalTopics(from.runtime.executor());
        this.calls = new Calls(threads.executor(), from.runtime, database, from.maxWaiting, timeOut);
        Turns turns = new Turns(database, lease, topics, from.retention, from.runtime, ids);
        WaitingLine line = new WaitingLine(from.maxWaiting, MOST_WAITING_BYTES);
        this.writer = new Writer(threads.executor(), line, turns::take);
        this.writes = new Writes(writer, from.runtime, timeOut);
        this.pulse = new Pulse(from.runtime, writer, lease, dedupeWindow, from.lease);
        this.directory = new JdbcDirectory(calls, writes, ids);
        this.watermarks = new JdbcWatermarks(calls, writes);
        this.memberships = new JdbcMemberships(calls, writes);
    }

    /**
     * Begins to configure a broker.
     *
     * @param source where connections come from, a pool best
     * @param runtime the server's: time, chance, and where to go on when a topic has much to deliver
     * @return a builder
     */
    public static JdbcBrokerBuilder builder(DataSource source, ImRuntime runtime) {
        return new JdbcBrokerBuilder(source, runtime);
    }

    /**
     * The conversations of each user, in the same database. Writes share the transactions of appends. Works as long as the broker is open.
     *
     * @return the same each time
     */
    public Directory directory() {
        return directory;
    }

    /**
     * How far each user has read, in the same database. Writes share the transactions of appends. Works as long as the broker is open.
     *
     * @return the same each time
     */
    public Watermarks watermarks() {
        return watermarks;
    }

    /**
     * Who belongs to which group, in the same database. Writes share the transactions of appends. Works as long as the broker is open. Memberships that are not durable, and that a killed process has left
     * behind, have been ended when it opens; where a mute or a ban hangs on one, the user is an outsider.
     *
     * @return the same each time
     */
    public Memberships memberships() {
        return memberships;
    }

    static JdbcBroker open(JdbcBrokerBuilder from) throws SQLException, UnknownCommit {
        Database database = new Database(from.source, from.timeOut, from.toDisk);
        Schema.prepare(database);
        Ids ids = new Ids(from.runtime);
        Lease lease =
                new Lease(ids.epoch() + " of process " + ProcessHandle.current().pid(), from.lease);
        lease.acquire(database);
        database.write(connection -> {
            lease.fence(connection);
            return MembershipTable.endLeftBehind(connection);
        });
        JdbcBroker broker = new JdbcBroker(from, database, lease, ids, Threads.of(from.executor));
        broker.pulse.start();
        return broker;
    }

    @Override
    public void attach(TopicListener listener) {
        topics.attach(listener);
    }

    @Override
    public void serve(NodeId self, CommandHandler handler) {
        commands.serve(self, handler);
    }

    @Override
    public CompletionStage<CommandReply> command(NodeId node, Command command) {
        return commands.command(node, command);
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
        String tooLong = TextLimits.tooLong(draft);
        if (tooLong != null) {
            return CompletableFuture.failedFuture(
                    new ImException("append to " + draft.conversation() + " was not made: " + tooLong));
        }
        return writes.send(new Append(draft));
    }

    @Override
    public CompletionStage<Optional<Outcome>> find(ConversationId conversation, UserId sender, Once once) {
        return calls.call("find in " + conversation, connection -> {
            try (PreparedStatement select = connection.prepareStatement(Sql.ONCE_IN_LOG)) {
                select.setString(1, Sent.key(conversation, sender, once));
                select.setString(2, LogState.key(conversation));
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(Sent.read(row).answer(once)) : Optional.empty();
                }
            }
        });
    }

    @Override
    public CompletionStage<Slice> read(Reading reading) {
        return calls.call("read of " + reading.conversation(), connection -> new LogReader(connection, reading).read());
    }

    @Override
    public CompletionStage<Integer> unread(Reading behind, UserId user) {
        if (!(behind.from() instanceof Reading.After)) {
            throw new IllegalArgumentException("unread begins at " + behind.from() + "; expected a position");
        }
        return calls.call(
                "unread of " + user + " in " + behind.conversation(),
                connection -> new UnreadReader(connection, behind).count(user));
    }

    @Override
    public Duration dedupeWindow() {
        return dedupeWindow;
    }

    @Override
    public CompletionStage<Void> signal(Signal signal) {
        // Behind messages that are on their way; where there are none, or too many, at once.
        if (!writer.isBusy() || writer.offer(new SignalInLine(signal)) != null) {
            List<Topic> audience = List.of(signal.topic());
            topics.put(audience, signal);
            topics.deliver(audience);
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

    /** Writes, commits, and so waits for its turn: as long as an append would. */
    @Override
    public CompletionStage<Void> probe() {
        Errand errand = new Errand("probe", connection -> {
            lease.fence(connection);
            return true;
        });
        String refused = topics.isAttached() ? writer.offer(errand) : "there is no listener yet";
        if (refused != null) {
            errand.drop(refused);
            return errand.done.<Void>thenApply(done -> null).minimalCompletionStage();
        }
        Cancellable timer = writes.after(timeOut, () -> errand.giveUp(timeOut.toString()));
        return errand.done
                .<Void>thenApply(done -> null)
                .whenComplete((done, failure) -> timer.cancel())
                .minimalCompletionStage();
    }

    /** Ends what is in a transaction, for the length of a time-out at most, and lets another process have the database. What has not begun fails. */
    @Override
    public void close() {
        pulse.end();
        calls.close();
        commands.close();
        Errand release = new Errand("release of the database", connection -> {
            lease.release(connection);
            return true;
        });
        writer.close(release);
        release.done
                .completeOnTimeout(false, timeOut.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> false)
                .join();
        topics.clear();
        threads.end();
    }
}
