package io.embedim.protocol;

import io.embedim.model.GroupId;
import io.embedim.model.UserId;

/**
 * What a classic client may say, decoded and valid: every record can be acted upon as it stands.
 *
 * <p>{@link #json()} is the object as the client sent it, without what stood around it: strict JSON, valid Unicode, unknown fields included. It is relayed as it
 * is. Records print themselves without content.
 */
public sealed interface ClientFrame {

    /**
     * The whole frame.
     *
     * @return one JSON object, as sent
     */
    String json();

    /**
     * {@code join}, mode 1: binds the connection to the sender.
     *
     * @param sender who
     * @param json the whole frame
     */
    record JoinPrivate(Sender sender, String json) implements ClientFrame {
        @Override
        public String toString() {
            return "JoinPrivate[" + sender.user() + "]";
        }
    }

    /**
     * {@code join}, mode 2: the connection joins a group.
     *
     * @param sender who
     * @param group which group
     * @param groupIsNumber whether the group id came as a JSON number, and is to be relayed as one
     * @param json the whole frame
     */
    record JoinGroup(Sender sender, GroupId group, boolean groupIsNumber, String json) implements ClientFrame {
        @Override
        public String toString() {
            return "JoinGroup[" + sender.user() + " -> " + group + "]";
        }
    }

    /**
     * {@code speak}, mode 1: a message to every connection of one user.
     *
     * @param sender who
     * @param to to whom
     * @param content what
     * @param json the whole frame
     */
    record SpeakPrivate(Sender sender, UserId to, String content, String json) implements ClientFrame {
        @Override
        public String toString() {
            return "SpeakPrivate[" + sender.user() + " -> " + to + "]";
        }
    }

    /**
     * {@code speak}, mode 2: a message to every member of a group, the sender too.
     *
     * @param sender who
     * @param group to which group
     * @param content what
     * @param json the whole frame
     */
    record SpeakGroup(Sender sender, GroupId group, String content, String json) implements ClientFrame {
        @Override
        public String toString() {
            return "SpeakGroup[" + sender.user() + " -> " + group + "]";
        }
    }

    /**
     * {@code ping}: asks for a sign of life; needs no other field.
     *
     * @param json the whole frame
     */
    record Ping(String json) implements ClientFrame {
        @Override
        public String toString() {
            return "Ping[]";
        }
    }

    /**
     * {@code auth}: proves who the client is, or renews the proof; exists where the authenticator is a {@link io.embedim.security.TicketAuthenticator}. Listeners never see it.
     *
     * @param ticket the proof; a secret
     */
    record Auth(String ticket) implements ClientFrame {

        /** What is repeated of it, which is not the ticket. */
        @Override
        public String json() {
            return "{\"event\":\"auth\"}";
        }

        @Override
        public String toString() {
            return "Auth[]";
        }
    }

    /**
     * A valid frame whose {@code event} is missing, no text, or none that the server knows: answered with {@code default invalid}; the connection stays open.
     *
     * @param json the whole frame
     */
    record Unrecognized(String json) implements ClientFrame {
        @Override
        public String toString() {
            return "Unrecognized[]";
        }
    }
}
