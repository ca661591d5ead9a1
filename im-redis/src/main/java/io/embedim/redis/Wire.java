package io.embedim.redis;

import io.embedim.cluster.Command;
import io.embedim.cluster.CommandReply;
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
        }
        return join(ascii(SIGNAL, ""), out.bytes());
    }

    static Signal signal(Topic topic, ByteReader in) {
        long which = in.number();
        if (which != FIRST) {
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
