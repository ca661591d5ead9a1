package io.embedim.protocol;

import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import org.jspecify.annotations.Nullable;

/** What the server says to a classic client: always {@code {"code":…,"msg":…,"data":…}}, the keys in this order. */
public sealed interface ServerFrame {

    /**
     * An answer to one client.
     *
     * @param code 0, or the number of an {@link ErrorCode}
     * @param msg the text for people
     * @param data one JSON object, or null for the empty list that the original sends
     */
    record Reply(int code, String msg, @Nullable String data) implements ServerFrame {
        @Override
        public String toString() {
            return "Reply[" + code + "]";
        }
    }

    /**
     * The answer to a ticket that is believed.
     *
     * @param user who the client is now
     * @param expiresIn for how many seconds, or null for as long as the connection lasts
     */
    record Authenticated(UserId user, @Nullable Long expiresIn) implements ServerFrame {}

    /**
     * A private message.
     *
     * @param senderName the sender's {@code from_username}
     * @param to the recipient's id
     * @param content what was said
     * @param data the frame that said it
     */
    record PrivateMessage(String senderName, String to, String content, String data) implements ServerFrame {
        @Override
        public String toString() {
            return "PrivateMessage[-> " + to + "]";
        }
    }

    /**
     * A group message.
     *
     * @param senderName the sender's {@code from_username}
     * @param content what was said
     * @param data the frame that said it
     */
    record GroupMessage(String senderName, String content, String data) implements ServerFrame {
        @Override
        public String toString() {
            return "GroupMessage[]";
        }
    }

    /**
     * A connection has left a group that it had joined; or several have, and this was the last of them.
     *
     * @param group which group
     * @param groupIsNumber whether it joined with a JSON number
     * @param connection the connection, {@code client_id} on the wire
     * @param sender who it last said it was
     * @param count how many leaves this one stands for, itself included; {@code left} on the wire, where it is more than 1
     */
    record Leave(GroupId group, boolean groupIsNumber, ConnectionId connection, Sender sender, int count)
            implements ServerFrame {}

    /**
     * The application has dissolved a group, and the connection that hears this is no longer in it.
     *
     * @param group which group
     */
    record Dissolved(GroupId group) implements ServerFrame {}
}
