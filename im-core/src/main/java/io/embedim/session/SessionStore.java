package io.embedim.session;

import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Who is here, across all nodes (SPI).
 *
 * <p>The store receives results; it makes no decisions and needs no locks of its own. The core keeps its own index of the connections on this node and delivers
 * by that; the store is asked who is online, for counts and for listings.
 *
 * <p><b>Lifecycle.</b> Made by the application and handed to the builder; the server neither opens nor closes it.
 *
 * <p><b>Threads.</b> Any thread may call, several at once. No method blocks its caller: a blocking backend extends {@link BlockingSessionStore}. Stages may complete
 * on any thread.
 *
 * <p><b>Ordering.</b> The core sends the changes of one session one after the other, but after a time-out an old change may arrive behind a newer one; that is
 * what versions are for. When a stage has completed, the change is seen by every call that begins after it.
 *
 * <p><b>Rules.</b>
 * <ul>
 *   <li>S1 A session that was put is found, by id, by its user and by each of its groups.
 *   <li>S2 {@code put} replaces the whole session: users and groups that it no longer has no longer find it.
 *   <li>S3 A put with a lower version than the stored one changes nothing; with the same version it changes nothing either, so a repeated put is harmless.
 *   <li>S4 {@code remove} is final: a put of that connection which arrives later, whatever its version, changes nothing. A store may forget this after ten minutes
 *       or after some thousand further removals.
 *   <li>S5 Removing what is not there succeeds.
 *   <li>S6 A listing shows each session once, in pages of at most the size that was asked for; what is there during the whole listing is in it.
 *   <li>S7 Counts are those of the listings; a user or a group with several sessions counts once, one without any does not count.
 *   <li>S8 A listing of users or groups shows each once, however many sessions it has, in pages as S6 has them; what has a session during the whole listing is in it.
 * </ul>
 *
 * <p><b>Failure.</b> A stage that fails means that nothing changed; one that never completes means "unknown". The core answers the client with a temporary error and
 * goes on. Exceptions should be {@link io.embedim.model.ImException}s that say what was tried.
 *
 * <p><b>How to test it.</b> {@code SessionStoreContract} in im-testkit has a test for each rule.
 */
public interface SessionStore {

    /**
     * Keeps a session (S1 to S4).
     *
     * @param session the session as it is now
     * @param version higher than that of every earlier state of this session; 1 or more
     * @return completes when kept, or when found to be outdated
     */
    CompletionStage<Void> put(Session session, long version);

    /**
     * Forgets a session for good (S4, S5).
     *
     * @param id the connection
     * @param version higher than that of every state of this session
     * @return completes when forgotten
     */
    CompletionStage<Void> remove(ConnectionId id, long version);

    /**
     * Finds one session.
     *
     * @param id the connection
     * @return the session, or empty
     */
    CompletionStage<Optional<Session>> find(ConnectionId id);

    /**
     * The sessions of a user.
     *
     * @param user the user
     * @param page which page
     * @return a page of sessions, in an order of the store's own
     */
    CompletionStage<Page<Session>> ofUser(UserId user, PageRequest page);

    /**
     * The sessions in a group.
     *
     * @param group the group
     * @param page which page
     * @return a page of sessions, in an order of the store's own
     */
    CompletionStage<Page<Session>> inGroup(GroupId group, PageRequest page);

    /**
     * All sessions.
     *
     * @param page which page
     * @return a page of sessions, in an order of the store's own
     */
    CompletionStage<Page<Session>> all(PageRequest page);

    /**
     * The users that at least one session is bound to (S8).
     *
     * @param page which page
     * @return a page of users, in an order of the store's own
     */
    CompletionStage<Page<UserId>> users(PageRequest page);

    /**
     * The groups that at least one session has joined (S8).
     *
     * @param page which page
     * @return a page of groups, in an order of the store's own
     */
    CompletionStage<Page<GroupId>> groups(PageRequest page);

    /**
     * How many sessions a group has.
     *
     * @param group the group
     * @return the number of sessions
     */
    CompletionStage<Long> countInGroup(GroupId group);

    /**
     * How many there are of everything (S7).
     *
     * @return the counts
     */
    CompletionStage<SessionCounts> counts();
}
