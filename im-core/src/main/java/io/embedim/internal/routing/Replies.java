package io.embedim.internal.routing;

import io.embedim.connection.OutboundFrame;
import io.embedim.internal.codec.ClassicEncoder;
import io.embedim.internal.v2.Frames;
import io.embedim.model.UserId;
import io.embedim.protocol.ErrorCode;
import io.embedim.protocol.ProtocolText;
import io.embedim.protocol.ServerFrame;
import io.embedim.protocol.Texts;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answers to one client, in one language, and the count of those that refuse; those without data are encoded once for all clients. Safe for use by any thread. */
final class Replies {

    static final OutboundFrame PONG = ClassicEncoder.encode(new ServerFrame.Reply(0, "心跳检测", null));

    private final Texts texts;
    private final RejectionCounters rejections;
    private final Map<ProtocolText, OutboundFrame> invalid = new EnumMap<>(ProtocolText.class);

    Replies(Texts texts, RejectionCounters rejections) {
        this.texts = texts;
        this.rejections = rejections;
        for (ProtocolText text : ProtocolText.values()) {
            invalid.put(text, encode(ErrorCode.BAD_REQUEST, text, null));
        }
    }

    static OutboundFrame success(String request) {
        return ClassicEncoder.encode(new ServerFrame.Reply(0, "success", request));
    }

    static OutboundFrame authenticated(UserId user, @Nullable Long seconds) {
        return ClassicEncoder.encode(new ServerFrame.Authenticated(user, seconds));
    }

    /** A refusal in the application's own words. */
    OutboundFrame refusal(int code, String message, String request) {
        rejections.countInterceptor();
        return ClassicEncoder.encode(new ServerFrame.Reply(code, message, request));
    }

    OutboundFrame invalid(ProtocolText text) {
        OutboundFrame frame = invalid.get(text);
        if (frame == null) {
            return error(ErrorCode.BAD_REQUEST, text, null);
        }
        rejections.count(ErrorCode.BAD_REQUEST, text);
        return frame;
    }

    OutboundFrame tooFast(long nanos) {
        return later(ProtocolText.TOO_FAST, Duration.ofNanos(nanos));
    }

    /** In whole seconds, and never 0. */
    OutboundFrame later(ProtocolText text, Duration wait) {
        long seconds = Math.max(1, wait.plusNanos(999_999_999).toSeconds());
        return error(ErrorCode.TOO_MANY_REQUESTS, text, "{\"retry_after\":" + seconds + "}");
    }

    OutboundFrame error(ErrorCode code, ProtocolText text, @Nullable String request) {
        rejections.count(code, text);
        return encode(code, text, request);
    }

    /** The same for a client of {@code im.v2}. */
    OutboundFrame errorV2(ErrorCode code, ProtocolText text, @Nullable String event, @Nullable String id) {
        rejections.count(code, text);
        return Frames.error(
                code.value(),
                texts.get(text),
                event,
                id,
                code.isTemporary(),
                code == ErrorCode.INTERNAL ? null : Boolean.FALSE,
                null);
    }

    /** The same for a client of {@code im.v2}. In whole seconds, and never 0. */
    OutboundFrame tooFastV2(long nanos) {
        rejections.count(ErrorCode.TOO_MANY_REQUESTS, ProtocolText.TOO_FAST);
        long seconds =
                Math.max(1, Duration.ofNanos(nanos).plusNanos(999_999_999).toSeconds());
        return Frames.error(
                ErrorCode.TOO_MANY_REQUESTS.value(),
                texts.get(ProtocolText.TOO_FAST),
                null,
                null,
                true,
                false,
                seconds);
    }

    /** In the client's language. */
    String say(ProtocolText text) {
        return texts.get(text);
    }

    private OutboundFrame encode(ErrorCode code, ProtocolText text, @Nullable String request) {
        return ClassicEncoder.encode(new ServerFrame.Reply(code.value(), texts.get(text), request));
    }
}
