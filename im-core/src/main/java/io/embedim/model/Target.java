package io.embedim.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whom the application means: everybody, connections, users, groups, or several of these together, with exceptions.
 *
 * <pre>{@code
 * Target.group(board).and(Target.user(chair)).except(Target.connection(own));
 * }</pre>
 *
 * <p>A target is resolved when it is used, on every node, and each connection counts once, in however many ways it is meant. Who is excepted is left out, whatever else
 * he is in: exceptions hold for the whole target, in whichever order it was put together. Immutable; only ids, so it can travel between nodes.
 *
 * @param everybody whether all connections are meant
 * @param included who is meant
 * @param excepted who is left out
 */
public record Target(boolean everybody, Ids included, Ids excepted) {

    private static final Target ALL = new Target(true, Ids.NONE, Ids.NONE);

    /**
     * Connections, the connections of users and the connections in groups.
     *
     * @param connections connections by their own id
     * @param users all connections that are bound to these
     * @param groups all connections that have joined these
     */
    public record Ids(Set<ConnectionId> connections, Set<UserId> users, Set<GroupId> groups) {

        private static final Ids NONE = new Ids(Set.of(), Set.of(), Set.of());

        /** Copies the sets. */
        public Ids {
            connections = Set.copyOf(connections);
            users = Set.copyOf(users);
            groups = Set.copyOf(groups);
        }

        /**
         * Whether nobody is named.
         *
         * @return true if so
         */
        public boolean isEmpty() {
            return connections.isEmpty() && users.isEmpty() && groups.isEmpty();
        }

        private Ids and(Ids more) {
            if (isEmpty()) {
                return more;
            }
            return more.isEmpty()
                    ? this
                    : new Ids(
                            union(connections, more.connections), union(users, more.users), union(groups, more.groups));
        }

        private static <T> Set<T> union(Set<T> one, Set<T> other) {
            Set<T> both = new HashSet<>(one);
            both.addAll(other);
            return both;
        }
    }

    /**
     * Every connection whose client was let in.
     *
     * @return all
     */
    public static Target all() {
        return ALL;
    }

    /**
     * One connection, or several.
     *
     * @param first a connection
     * @param more others
     * @return these connections
     */
    public static Target connection(ConnectionId first, ConnectionId... more) {
        return connections(listOf(first, more));
    }

    /**
     * Connections.
     *
     * @param connections which; may be empty, which means nobody
     * @return these connections
     */
    public static Target connections(Collection<ConnectionId> connections) {
        return including(new Ids(Set.copyOf(connections), Set.of(), Set.of()));
    }

    /**
     * All connections of one user, or of several.
     *
     * @param first a user
     * @param more others
     * @return their connections
     */
    public static Target user(UserId first, UserId... more) {
        return users(listOf(first, more));
    }

    /**
     * All connections of users.
     *
     * @param users which; may be empty, which means nobody
     * @return their connections
     */
    public static Target users(Collection<UserId> users) {
        return including(new Ids(Set.of(), Set.copyOf(users), Set.of()));
    }

    /**
     * All connections in one group, or in several.
     *
     * @param first a group
     * @param more others
     * @return their connections
     */
    public static Target group(GroupId first, GroupId... more) {
        return groups(listOf(first, more));
    }

    /**
     * All connections in groups.
     *
     * @param groups which; may be empty, which means nobody
     * @return their connections
     */
    public static Target groups(Collection<GroupId> groups) {
        return including(new Ids(Set.of(), Set.of(), Set.copyOf(groups)));
    }

    /**
     * Both targets together, each connection once.
     *
     * @param other the other
     * @return who is meant by either and excepted by neither
     */
    public Target and(Target other) {
        return new Target(everybody || other.everybody, included.and(other.included), excepted.and(other.excepted));
    }

    /**
     * The same without some.
     *
     * @param left whom to leave out
     * @return the rest
     * @throws IllegalArgumentException if what is left out is everybody, or has exceptions itself
     */
    public Target except(Target left) {
        if (left.everybody || !left.excepted.isEmpty()) {
            throw new IllegalArgumentException(
                    "cannot leave out " + left + "; expected connections, users and groups without exceptions");
        }
        return new Target(everybody, included, excepted.and(left.included));
    }

    /** How many are named, for logs; a target may have thousands of ids. */
    @Override
    public String toString() {
        return "Target[" + (everybody ? "all" : count(included))
                + (excepted.isEmpty() ? "" : " except " + count(excepted)) + "]";
    }

    private static String count(Ids ids) {
        return ids.connections().size() + " connections, " + ids.users().size() + " users, "
                + ids.groups().size() + " groups";
    }

    private static Target including(Ids ids) {
        return new Target(false, ids, Ids.NONE);
    }

    private static <T> List<T> listOf(T first, T[] more) {
        List<T> all = new ArrayList<>(List.of(more));
        all.add(first);
        return all;
    }
}
