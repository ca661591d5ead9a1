package io.embedim.redis;

import io.embedim.cluster.Command;
import io.embedim.cluster.CommandReply;
import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Signal;
import io.embedim.conversation.Topic;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.ImException;
import io.embedim.model.UserId;
import io.embedim.protocol.Sender;
import java.nio.charset.StandardCharsets;

/**
 * What travels between nodes: a version, a kind, and what that kind says. A node reads all versions up to its own; what it cannot read it leaves to the log. docs/how-to/cluster.md has the
 * promise about versions.
 */
final class Wire {

    /** The version that this one writes. */
    static final int VERSION = 1;

    static final char MESSAGE = 'M';
    static final char SIGNAL = 'S';
    static final char COMMAND = 'C';
    static final char REPLY = 'R';
    static final char PING = 'P';

    private static final int FIRST = 1;

    private static final int SECOND = 2;

    private Wire() {}

    /** What follows; what is behind it is for who knows that kind. */
    static char kind(ByteReader in) {
        String version = in.word();
        if (!version.equals(Integer.toString(VERSION))) {
            throw new ImException("version '" + version + "' of the format between nodes; expected " + VERSION);
        }
        String kind = in.word();
        return kind.length() == 1 ? kind.charAt(0) : '?';
    }

    static byte[] ping(String nonce) {
        return ascii(PING, nonce + " ");
    }

    static byte[] signal(Signal signal) {
        ByteWriter out = new ByteWriter();
        if (signal instanceof Signal.Left left) {
            Sender sender = left.sender();
            out.number(FIRST)
                    .text(left.connection().value())
                    .text(left.group().value())
                    .flag(left.groupIsNumber())
                    .text(sender.user().value())
                    .flag(sender.userIsNumber())
                    .text(sender.name())
                    .flag(sender.nameIsNumber())
                    .text(sender.avatar());
        } else if (signal instanceof Signal.Note note) {
            ConnectionId origin = note.origin();
            out.number(SECOND)
                    .text(note.conversation().toString())
                    .text(note.user().value())
                    .text(origin == null ? null : origin.value())
                    .flag(note.toDevices())
                    .text(note.frame());
        }
        return join(ascii(SIGNAL, ""), out.bytes());
    }

    static Signal signal(Topic topic, ByteReader in) {
        long which = in.number();
        if (which == SECOND) {
            return note(topic, in);
        } else if (which != FIRST) {
            throw new ImException("signal " + which + "; expected a kind of this version");
        }
        ConnectionId connection = new ConnectionId(in.text());
        GroupId group = new GroupId(in.text());
        boolean groupIsNumber = in.flag();
        return new Signal.Left(
                topic,
                connection,
                group,
                groupIsNumber,
                new Sender(new UserId(in.text()), in.flag(), in.text(), in.flag(), in.textOrNull()));
    }

    private static Signal note(Topic topic, ByteReader in) {
        String conversation = in.text();
        UserId user = new UserId(in.text());
        String origin = in.textOrNull();
        return new Signal.Note(
                topic,
                ConversationId.parse(conversation)
                        .orElseThrow(
                                () -> new ImException("a note about '" + conversation + "'; expected a conversation")),
                user,
                origin == null ? null : new ConnectionId(origin),
                in.flag(),
                in.text());
    }

    /** What is asked under a number, and the channel for the reply. */
    static byte[] command(long number, String replyTo, Command command) {
        return join(
                ascii(COMMAND, ""),
                new ByteWriter().number(number).text(replyTo).bytes(),
                CommandFormat.write(command));
    }

    static byte[] reply(long number, CommandReply reply) {
        return join(
                ascii(REPLY, ""),
                new ByteWriter()
                        .number(number)
                        .flag(true)
                        .number(reply.found())
                        .number(reply.done())
                        .number(reply.unchanged())
                        .number(reply.closed())
                        .number(reply.overflowed())
                        .number(reply.failed())
                        .text(reply.failure())
                        .bytes());
    }

    static byte[] failed(long number, String why) {
        return join(
                ascii(REPLY, ""),
                new ByteWriter().number(number).flag(false).text(why).bytes());
    }

    /** Behind the number; fails with what the other node has said. */
    static CommandReply reply(ByteReader in) {
        if (!in.flag()) {
            throw new ImException(in.text());
        }
        return new CommandReply(
                in.number(), in.number(), in.number(), in.number(), in.number(), in.number(), in.textOrNull());
    }

    private static byte[] ascii(char kind, String rest) {
        return (VERSION + " " + kind + " " + rest).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
