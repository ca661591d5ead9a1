package io.embedim.conversation;

import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.protocol.Sender;

/** Something transient that a topic hears: it has no place in a log, and who is not there misses it. */
public sealed interface Signal extends TopicEvent {

    /**
     * A connection has left a group.
     *
     * @param topic the group's topic
     * @param connection the connection
     * @param group the group
     * @param groupIsNumber whether it had joined with a JSON number
     * @param sender who it last said it was
     */
    record Left(Topic topic, ConnectionId connection, GroupId group, boolean groupIsNumber, Sender sender)
            implements Signal {}

    /**
     * Where it is heard.
     *
     * @return the topic
     */
    Topic topic();
}
