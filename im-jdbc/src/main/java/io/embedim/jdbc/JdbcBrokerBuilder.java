package io.embedim.jdbc;

import io.embedim.conversation.Retention;
import io.embedim.model.ImException;
import io.embedim.runtime.ImRuntime;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Configures a {@link JdbcBroker}. For one thread; can be used once. */
public final class JdbcBrokerBuilder {

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofDays(1);

    final DataSource source;
    final ImRuntime runtime;
    Retention retention = JdbcBroker.DEFAULT_RETENTION;
    Duration dedupeWindow = Duration.ofHours(26);

    @Nullable
    Executor executor;

    Duration timeOut = Duration.ofSeconds(4);
    Duration lease = Duration.ofSeconds(10);
    int maxWaiting = 10_000;
    boolean toDisk = true;

    JdbcBrokerBuilder(DataSource source, ImRuntime runtime) {
        this.source = source;
        this.runtime = runtime;
    }

    /**
     * How much of each conversation is kept; without this, {@link JdbcBroker#DEFAULT_RETENTION}.
     *
     * @param bounds the bounds
     * @return this
     */
    public JdbcBrokerBuilder retention(Retention bounds) {
        this.retention = bounds;
        return this;
    }

    /**
     * For how long a repetition is known as one, at least; without this, 26 hours (protocol S3).
     *
     * @param window the span, a millisecond to ten years
     * @return this
     */
    public JdbcBrokerBuilder dedupeWindow(Duration window) {
        this.dedupeWindow = within("dedupeWindow", window, Duration.ofMillis(1), Duration.ofDays(3650));
        return this;
    }

    /**
     * Where the database is waited for; without this, four threads of the broker's own, which end with it.
     *
     * @param threads with as many threads as the data source has connections for this, two at least; never runs a task inside {@code execute}; ended by the application after the
     *     broker
     * @return this
     */
    public JdbcBrokerBuilder executor(Executor threads) {
        this.executor = threads;
        return this;
    }

    /**
     * How long a call may take, waiting included; without this, 4 s. Should be below {@code Limits.backendTime}.
     *
     * @param time the time, 10 ms to a day
     * @return this
     */
    public JdbcBrokerBuilder timeOut(Duration time) {
        this.timeOut = within("timeOut", time, SHORTEST, LONGEST);
        return this;
    }

    /**
     * How long a process that was killed keeps others out; without this, 10 s. One that was closed keeps out nobody.
     *
     * @param time the time, 10 ms to a day; more than the longest pause of the process
     * @return this
     */
    public JdbcBrokerBuilder lease(Duration time) {
        this.lease = within("lease", time, SHORTEST, LONGEST);
        return this;
    }

    /**
     * How many appends may wait, and how many reads; without this, 10,000 each. Appends together hold 64 MiB at most.
     *
     * @param calls the number, 1 or more
     * @return this
     */
    public JdbcBrokerBuilder maxWaiting(int calls) {
        if (calls < 1) {
            throw new IllegalArgumentException("maxWaiting is " + calls + "; expected 1 or more");
        }
        this.maxWaiting = calls;
        return this;
    }

    /**
     * Whether an append to H2 waits until the disk has it, as one to PostgreSQL does by that server's settings; without this, true. With false, what was appended last may be lost when the
     * machine loses power; when the process is killed it is not lost if the URL says {@code WRITE_DELAY=0}.
     *
     * @param yes whether
     * @return this
     */
    public JdbcBrokerBuilder waitForDisk(boolean yes) {
        this.toDisk = yes;
        return this;
    }

    /**
     * Makes the tables where they are missing, and takes the database for this process. It waits for the database, and for the lease of a process that was killed; so it is for the start
     * of an application, not for a thread of a server.
     *
     * @return the broker
     * @throws ImException if the database cannot be used, has tables of a newer version, is in use by another broker, or is an H2 that cannot hold {@link #waitForDisk}
     */
    public JdbcBroker open() {
        try {
            return JdbcBroker.open(this);
        } catch (SQLException | UnknownCommit e) {
            throw new ImException("the broker cannot use the database: " + Failures.why(e), e);
        }
    }

    private static Duration within(String name, Duration time, Duration least, Duration most) {
        if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " is " + time + "; expected " + least + " to " + most);
        }
        return time;
    }
}
