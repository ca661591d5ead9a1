package io.embedim.session;

import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.ImException;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * A {@link SessionStore} over a backend that blocks, such as JDBC: an author writes the ten {@code do…} methods, and this class keeps them away from the
 * server's threads.
 *
 * <p><b>Lifecycle.</b> The executor belongs to the application, which ends it after the server.
 *
 * <p><b>Threads.</b> The {@code do…} methods run on the executor, several at once if it has several threads, and may block there. A pool with as many threads as
 * the backend has connections fits. Stages complete on the executor, after a time-out on the common pool.
 *
 * <p><b>Ordering.</b> None is kept, and none is needed: versions and removals decide (S3, S4), so {@code doPut} and {@code doRemove} must be atomic in the backend.
 *
 * <p><b>Limits.</b> At most {@code maxWaiting} calls run or wait for a thread; one more fails at once. A call that was given up after its time-out still counts
 * until its method returns.
 *
 * <p><b>Failure.</b> What a {@code do…} method throws fails the stage with an {@link ImException} that says what was tried. A call that takes longer than the time-out,
 * waiting included, fails with an {@link ImException} that begins with {@code unknown}: it may have had its effect, or have it later.
 *
 * <p><b>How to test it.</b> {@code SessionStoreContract} in im-testkit, as any store.
 */
public abstract class BlockingSessionStore implements SessionStore {

    private final BlockingCalls calls;

    /**
     * A store whose calls run elsewhere.
     *
     * @param executor where calls may block
     * @param maxWaiting how many calls may run and wait together, 1 or more
     * @param timeOut how long a call may take, waiting included
     * @throws IllegalArgumentException if the number or the time is not positive
     */
    protected BlockingSessionStore(Executor executor, int maxWaiting, Duration timeOut) {
        this.calls = new BlockingCalls(executor, maxWaiting, timeOut);
    }

    /**
     * Keeps a session in one atomic step, unless it was removed or the stored version is not lower (S1 to S4).
     *
     * @param session the session as it is now
     * @param version its version
     * @throws Exception if nothing was changed
     */
    protected abstract void doPut(Session session, long version) throws Exception;

    /**
     * Forgets a session for good, whether it is there or not (S4, S5).
     *
     * @param id the connection
     * @param version higher than that of every state of this session
     * @throws Exception if nothing was changed
     */
    protected abstract void doRemove(ConnectionId id, long version) throws Exception;

    /**
     * Finds one session.
     *
     * @param id the connection
     * @return the session, or empty
     * @throws Exception if the backend did not answer
     */
    protected abstract Optional<Session> doFind(ConnectionId id) throws Exception;

    /**
     * The sessions of a user (S6).
     *
     * @param user the user
     * @param page which page
     * @return the page
     * @throws Exception if the backend did not answer
     */
    protected abstract Page<Session> doOfUser(UserId user, PageRequest page) throws Exception;

    /**
     * The sessions in a group (S6).
     *
     * @param group the group
     * @param page which page
     * @return the page
     * @throws Exception if the backend did not answer
     */
    protected abstract Page<Session> doInGroup(GroupId group, PageRequest page) throws Exception;

    /**
     * All sessions (S6).
     *
     * @param page which page
     * @return the page
     * @throws Exception if the backend did not answer
     */
    protected abstract Page<Session> doAll(PageRequest page) throws Exception;

    /**
     * The users that have a session (S8).
     *
     * @param page which page
     * @return the page
     * @throws Exception if the backend did not answer
     */
    protected abstract Page<UserId> doUsers(PageRequest page) throws Exception;

    /**
     * The groups that have a session (S8).
     *
     * @param page which page
     * @return the page
     * @throws Exception if the backend did not answer
     */
    protected abstract Page<GroupId> doGroups(PageRequest page) throws Exception;

    /**
     * How many sessions a group has (S7).
     *
     * @param group the group
     * @return the number
     * @throws Exception if the backend did not answer
     */
    protected abstract long doCountInGroup(GroupId group) throws Exception;

    /**
     * How many there are of everything (S7).
     *
     * @return the counts
     * @throws Exception if the backend did not answer
     */
    protected abstract SessionCounts doCounts() throws Exception;

    @Override
    public final CompletionStage<Void> put(Session session, long version) {
        return calls.run("put of session " + session.id(), () -> doPut(session, version));
    }

    @Override
    public final CompletionStage<Void> remove(ConnectionId id, long version) {
        return calls.run("remove of session " + id, () -> doRemove(id, version));
    }

    @Override
    public final CompletionStage<Optional<Session>> find(ConnectionId id) {
        return calls.call("find of session " + id, () -> doFind(id));
    }

    @Override
    public final CompletionStage<Page<Session>> ofUser(UserId user, PageRequest page) {
        return calls.call("listing of user " + user, () -> doOfUser(user, page));
    }

    @Override
    public final CompletionStage<Page<Session>> inGroup(GroupId group, PageRequest page) {
        return calls.call("listing of group " + group, () -> doInGroup(group, page));
    }

    @Override
    public final CompletionStage<Page<Session>> all(PageRequest page) {
        return calls.call("listing of all sessions", () -> doAll(page));
    }

    @Override
    public final CompletionStage<Page<UserId>> users(PageRequest page) {
        return calls.call("listing of users", () -> doUsers(page));
    }

    @Override
    public final CompletionStage<Page<GroupId>> groups(PageRequest page) {
        return calls.call("listing of groups", () -> doGroups(page));
    }

    @Override
    public final CompletionStage<Long> countInGroup(GroupId group) {
        return calls.call("count of group " + group, () -> doCountInGroup(group));
    }

    @Override
    public final CompletionStage<SessionCounts> counts() {
        return calls.call("counts", this::doCounts);
    }
}
