package io.embedim.session;

import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Who is here, on all nodes, in the words of an application: is somebody online, who is in a group, how many are there.
 *
 * <p>Asks the {@link SessionStore}, which has single pages too. Safe for use by any thread; nothing blocks. A stage fails where the store does.
 */
public final class Presence {

    private final SessionStore store;

    /**
     * What a store knows.
     *
     * @param store the store
     */
    public Presence(SessionStore store) {
        this.store = store;
    }

    /**
     * Whether a user has a connection.
     *
     * @param user the user
     * @return true if at least one is bound to the user
     */
    public CompletionStage<Boolean> isOnline(UserId user) {
        return store.ofUser(user, PageRequest.first(1))
                .thenApply(page -> !page.items().isEmpty());
    }

    /**
     * Whether a connection is open.
     *
     * @param connection the connection
     * @return true if so
     */
    public CompletionStage<Boolean> isOnline(ConnectionId connection) {
        return store.find(connection).thenApply(Optional::isPresent);
    }

    /**
     * A connection's session, with its attributes.
     *
     * @param connection the connection
     * @return the session, or empty where it is not open
     */
    public CompletionStage<Optional<Session>> session(ConnectionId connection) {
        return store.find(connection);
    }

    /**
     * The user that a connection is bound to.
     *
     * @param connection the connection
     * @return the user, or empty where it is bound to none or not open
     */
    public CompletionStage<Optional<UserId>> userOf(ConnectionId connection) {
        return store.find(connection).thenApply(found -> found.map(Session::user));
    }

    /**
     * All sessions.
     *
     * @return the listing
     */
    public Listing<Session> sessions() {
        return Listing.of(store::all);
    }

    /**
     * The sessions of a user.
     *
     * @param user the user
     * @return the listing
     */
    public Listing<Session> sessionsOf(UserId user) {
        return Listing.of(page -> store.ofUser(user, page));
    }

    /**
     * The sessions in a group.
     *
     * @param group the group
     * @return the listing
     */
    public Listing<Session> sessionsIn(GroupId group) {
        return Listing.of(page -> store.inGroup(group, page));
    }

    /**
     * All users with a connection, each once.
     *
     * @return the listing
     */
    public Listing<UserId> users() {
        return Listing.of(store::users);
    }

    /**
     * The users with a connection in a group, each once. A run through the listing remembers them, about 50 bytes each.
     *
     * @param group the group
     * @return the listing
     */
    public Listing<UserId> usersIn(GroupId group) {
        return sessionsIn(group)
                .mapMulti((Session session, Consumer<UserId> found) -> {
                    if (session.user() != null) {
                        found.accept(session.user());
                    }
                })
                .distinct();
    }

    /**
     * All groups with a connection, each once.
     *
     * @return the listing
     */
    public Listing<GroupId> groups() {
        return Listing.of(store::groups);
    }

    /**
     * How many sessions, users and groups there are.
     *
     * @return the counts
     */
    public CompletionStage<SessionCounts> counts() {
        return store.counts();
    }

    /**
     * How many sessions a group has.
     *
     * @param group the group
     * @return the number
     */
    public CompletionStage<Long> countSessionsIn(GroupId group) {
        return store.countInGroup(group);
    }

    /**
     * How many users a group has; goes through all its sessions.
     *
     * @param group the group
     * @return the number
     */
    public CompletionStage<Long> countUsersIn(GroupId group) {
        return usersIn(group).forEach(user -> {});
    }
}
