package io.embedim.cluster;

import io.embedim.connection.CloseReason;
import io.embedim.model.GroupId;
import io.embedim.model.Target;
import io.embedim.model.UserId;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one node asks of another about the connections there, on behalf of the application. Immutable; ids, texts and numbers only, so it can travel.
 *
 * <p>Every kind is harmless where it means nobody, and harmless a second time except {@link Send}. Texts are not shown by {@code toString}.
 */
public sealed interface Command {

    /**
     * Whose connections it is about.
     *
     * @return the target, to be resolved on the node that carries it out
     */
    Target target();

    /**
     * Sends a text.
     *
     * @param target to whom
     * @param text one WebSocket text message
     * @param droppable whether it may be left out for a client that does not keep up
     */
    record Send(Target target, String text, boolean droppable) implements Command {
        @Override
        public String toString() {
            return "Send[" + target + ", " + text.length() + " chars]";
        }
    }

    /**
     * Closes connections.
     *
     * @param target whose
     * @param reason why
     * @param last what they are to hear before, or null
     * @param atOnce whether to drop what waits for them; else it is written first
     */
    record Close(
            Target target, CloseReason reason, @Nullable String last, boolean atOnce) implements Command {

        /** Checks that a last message can be heard. */
        public Close {
            Objects.requireNonNull(reason, "reason");
            if (last != null && atOnce) {
                throw new IllegalArgumentException("a connection that is closed at once hears no last message");
            }
        }

        @Override
        public String toString() {
            return "Close[" + target + ", " + reason.code() + "]";
        }
    }

    /**
     * Binds connections to a user.
     *
     * @param target which
     * @param user to whom
     */
    record Bind(Target target, UserId user) implements Command {}

    /**
     * Takes back that connections are bound to a user; one that is bound to another user, or to none, stays as it is.
     *
     * @param target which
     * @param user from whom
     */
    record Unbind(Target target, UserId user) implements Command {}

    /**
     * Takes connections into a group.
     *
     * @param target which
     * @param group the group
     */
    record Join(Target target, GroupId group) implements Command {}

    /**
     * Takes connections out of a group.
     *
     * @param target which
     * @param group the group
     */
    record Leave(Target target, GroupId group) implements Command {}

    /**
     * Takes all connections out of a group, which hear so once, and no leave of each other.
     *
     * @param group the group
     */
    record Dissolve(GroupId group) implements Command {
        @Override
        public Target target() {
            return Target.group(group);
        }
    }

    /**
     * Sets attributes of sessions.
     *
     * @param target whose
     * @param values by name; an empty value removes one
     * @param replace whether attributes that are not named go too
     */
    record Attributes(Target target, Map<String, String> values, boolean replace) implements Command {

        /** Copies the values. */
        public Attributes {
            values = Map.copyOf(values);
        }

        @Override
        public String toString() {
            return "Attributes[" + target + ", " + values.keySet() + "]";
        }
    }
}
