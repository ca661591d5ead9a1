package io.embedim.internal.codec;

import io.embedim.connection.OutboundFrame;
import io.embedim.protocol.Sender;
import io.embedim.protocol.ServerFrame;
import tools.jackson.core.io.JsonStringEncoder;

/** Writes frames for classic clients. Called once per frame, however many receive it. Safe for use by any thread. */
public final class ClassicEncoder {

    /** What surrounds the values of the longest envelope, with room for a few escapes. */
    private static final int ENVELOPE = 64;

    private ClassicEncoder() {}

    public static OutboundFrame encode(ServerFrame frame) {
        return OutboundFrame.of(toJson(frame));
    }

    static String toJson(ServerFrame frame) {
        if (frame instanceof ServerFrame.PrivateMessage said) {
            StringBuilder json = open(
                    0,
                    said.senderName().length()
                            + said.content().length()
                            + said.to().length()
                            + said.data().length());
            quote(said.senderName(), json);
            json.append("[单聊对]");
            quote(said.to(), json);
            json.append("[说]:");
            quote(said.content(), json);
            return close(json, said.data());
        } else if (frame instanceof ServerFrame.GroupMessage said) {
            StringBuilder json = open(
                    0,
                    said.senderName().length()
                            + said.content().length()
                            + said.data().length());
            quote(said.senderName(), json);
            json.append("[群聊说]:");
            quote(said.content(), json);
            return close(json, said.data());
        } else if (frame instanceof ServerFrame.Leave leave) {
            return close(open(0, 256).append("close"), leaveData(leave));
        } else if (frame instanceof ServerFrame.Reply reply) {
            String data = reply.data();
            StringBuilder json = open(reply.code(), reply.msg().length() + (data == null ? 2 : data.length()));
            quote(reply.msg(), json);
            return close(json, data == null ? "[]" : data);
        }
        throw new IllegalArgumentException("no classic form of " + frame);
    }

    private static String leaveData(ServerFrame.Leave leave) {
        Sender sender = leave.sender();
        StringBuilder json = new StringBuilder(192).append("{\"event\":\"leave\",\"group_id\":");
        value(leave.group().value(), leave.groupIsNumber(), json);
        json.append(",\"client_id\":");
        value(leave.connection().value(), false, json);
        json.append(",\"content\":\"leaving group\",\"from_user_id\":");
        value(sender.user().value(), sender.userIsNumber(), json);
        json.append(",\"from_username\":");
        value(sender.name(), sender.nameIsNumber(), json);
        return json.append('}').toString();
    }

    private static void value(String text, boolean number, StringBuilder json) {
        if (number) {
            json.append(text);
        } else {
            json.append('"');
            quote(text, json);
            json.append('"');
        }
    }

    private static void quote(String text, StringBuilder json) {
        JsonStringEncoder.getInstance().quoteAsString(text, json);
    }

    private static StringBuilder open(int code, int length) {
        return new StringBuilder(ENVELOPE + length)
                .append("{\"code\":")
                .append(code)
                .append(",\"msg\":\"");
    }

    private static String close(StringBuilder json, String data) {
        return json.append("\",\"data\":").append(data).append('}').toString();
    }
}
