package io.embedim.conversation;

import io.embedim.model.GroupId;
import io.embedim.model.UserId;

/** What a node subscribes to: one for each user and each group that has a connection there. A value; its name is made when it is asked for. */
public sealed interface Topic {

    /**
     * A user's topic.
     *
     * @param user the user
     */
    record OfUser(UserId user) implements Topic {

        @Override
        public String name() {
            return "u:" + user.value();
        }

        @Override
        public String toString() {
            return name();
        }
    }

    /**
     * A group's topic.
     *
     * @param group the group
     */
    record OfGroup(GroupId group) implements Topic {

        @Override
        public String name() {
            return "g:" + group.value();
        }

        @Override
        public String toString() {
            return name();
        }
    }

    /**
     * The topic of a user.
     *
     * @param user the user
     * @return its topic
     */
    static Topic of(UserId user) {
        return new OfUser(user);
    }

    /**
     * The topic of a group.
     *
     * @param group the group
     * @return its topic
     */
    static Topic of(GroupId group) {
        return new OfGroup(group);
    }

    /**
     * The topic as text, different for different topics.
     *
     * @return {@code u:<user>} or {@code g:<group>}
     */
    String name();
}
