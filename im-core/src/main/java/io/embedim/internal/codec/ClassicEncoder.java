package io.embedim.internal.codec;

import io.embedim.connection.OutboundFrame;
import io.embedim.model.GroupId;
import io.embedim.protocol.Sender;
import io.embedim.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/** Writes frames for classic clients. Called once per frame, however many receive it. Safe for use by any thread. */
public final class ClassicEncoder {

    /** Fits into 53 bits, all that a script's number has. */
    private static final int LONGEST_NUMBER = 15;

    private ClassicEncoder() {}

    public static OutboundFrame encode(ServerFrame frame) {
        return OutboundFrame.of(toJson(frame));
    }

    /** An envelope of the application's own making. */
    public static String envelope(int code, String msg, @Nullable String data) {
        return toJson(new ServerFrame.Reply(code, msg, data));
    }

    static String toJson(ServerFrame frame) {
        // Concatenation measures first and copies once; a builder would grow and copy with the first letter beyond
        // Latin-1.
        if (frame instanceof ServerFrame.PrivateMessage said) {
            Words words = Words.beside(said.content(), said.senderName(), said.data());
            return "{\"code\":0,\"msg\":\"" + Quotes.quoted(said.senderName()) + words.to + Quotes.quoted(said.to())
                    + words.says + Quotes.quoted(said.content()) + "\",\"data\":" + said.data() + "}";
        } else if (frame instanceof ServerFrame.GroupMessage said) {
            Words words = Words.beside(said.content(), said.senderName(), said.data());
            return "{\"code\":0,\"msg\":\"" + Quotes.quoted(said.senderName()) + words.saysToAll
                    + Quotes.quoted(said.content()) + "\",\"data\":" + said.data() + "}";
        } else if (frame instanceof ServerFrame.Leave leave) {
            return "{\"code\":0,\"msg\":\"close\",\"data\":" + leaveData(leave) + "}";
        } else if (frame instanceof ServerFrame.Dissolved dissolved) {
            GroupId group = dissolved.group();
            return "{\"code\":0,\"msg\":\"close\",\"data\":{\"event\":\"dissolve\",\"group_id\":"
                    + value(group.value(), isNumber(group)) + ",\"content\":\"group dissolved\"}}";
        } else if (frame instanceof ServerFrame.Reply reply) {
            String data = reply.data();
            return "{\"code\":" + reply.code() + ",\"msg\":\"" + Quotes.quoted(reply.msg()) + "\",\"data\":"
                    + (data == null ? "[]" : data) + "}";
        } else if (frame instanceof ServerFrame.Authenticated proven) {
            Long seconds = proven.expiresIn();
            return "{\"code\":0,\"msg\":\"success\",\"data\":{\"event\":\"auth\",\"from_user_id\":\""
                    + Quotes.quoted(proven.user().value()) + "\""
                    + (seconds == null ? "" : ",\"expires_in\":" + seconds)
                    + "}}";
        }
        throw new IllegalArgumentException("no classic form of " + frame);
    }

    private static String leaveData(ServerFrame.Leave leave) {
        Sender sender = leave.sender();
        return "{\"event\":\"leave\",\"group_id\":" + value(leave.group().value(), leave.groupIsNumber())
                + ",\"client_id\":\"" + Quotes.quoted(leave.connection().value())
                + "\",\"content\":\"leaving group\",\"from_user_id\":"
                + value(sender.user().value(), sender.userIsNumber())
                + ",\"from_username\":" + value(sender.name(), sender.nameIsNumber())
                + (leave.count() == 1 ? "}" : ",\"left\":" + leave.count() + "}");
    }

    /** Whether a group's id is what an integer would become: that is how the original's clients write it. */
    public static boolean isNumber(GroupId group) {
        String id = group.value();
        return id.length() <= LONGEST_NUMBER
                && id.chars().allMatch(c -> c >= '0' && c <= '9')
                && (id.length() == 1 || id.charAt(0) != '0');
    }

    static String value(String text, boolean number) {
        return number ? text : "\"" + Quotes.quoted(text) + "\"";
    }
}
