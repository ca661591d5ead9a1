package io.embedim.conversation;

import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.protocol.Sender;
import org.jspecify.annotations.Nullable;

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
     * Something that {@code im.v2} clients are told and no log keeps: a watermark has moved, somebody is typing.
     *
     * @param topic where it is heard
     * @param conversation what it is about
     * @param user who did it
     * @param origin the connection that is not to hear it, or null
     * @param toDevices true for the user's own connections alone, false for everybody else's alone
     * @param frame what they are sent: one envelope of {@code im.v2}
     */
    record Note(
            Topic topic,
            ConversationId conversation,
            UserId user,
            @Nullable ConnectionId origin,
            boolean toDevices,
            String frame)
            implements Signal {
        @Override
        public String toString() {
            return "Note[" + conversation + " of " + user + "]";
        }
    }

    /**
     * Where it is heard.
     *
     * @return the topic
     */
    Topic topic();
}
