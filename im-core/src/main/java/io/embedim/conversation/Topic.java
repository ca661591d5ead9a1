package io.embedim.conversation;

import io.embedim.model.GroupId;
import io.embedim.model.UserId;

/**
 * What a node subscribes to: one for each user and each group that has a connection there.
 *
 * @param name {@code u:<user>} or {@code g:<group>}
 */
public record Topic(String name) {

    /**
     * The topic of a user.
     *
     * @param user the user
     * @return its topic
     */
    public static Topic of(UserId user) {
        return new Topic("u:" + user.value());
    }

    /**
     * The topic of a group.
     *
     * @param group the group
     * @return its topic
     */
    public static Topic of(GroupId group) {
        return new Topic("g:" + group.value());
    }

    @Override
    public String toString() {
        return name;
    }
}
