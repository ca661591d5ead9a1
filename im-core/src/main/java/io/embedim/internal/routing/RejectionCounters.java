package io.embedim.internal.routing;

import io.embedim.monitor.Rejection;
import io.embedim.protocol.ErrorCode;
import io.embedim.protocol.ProtocolText;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Answers that refuse a frame, by their code and their text. Every text has one code that it usually comes with; a pair that is not usual counts as {@code other} of its code. */
final class RejectionCounters {

    private static final String OTHER = "other";
    private static final String INTERCEPTOR = "interceptor";

    private final Map<ProtocolText, LongAdder> usual = new EnumMap<>(ProtocolText.class);
    private final Map<ErrorCode, LongAdder> others = new EnumMap<>(ErrorCode.class);

    private final LongAdder byInterceptors = new LongAdder();

    RejectionCounters() {
        for (ProtocolText text : ProtocolText.values()) {
            usual.put(text, new LongAdder());
        }
        for (ErrorCode code : ErrorCode.values()) {
            others.put(code, new LongAdder());
        }
    }

    void count(ErrorCode code, ProtocolText text) {
        LongAdder counter = code == codeOf(text) ? usual.get(text) : others.get(code);
        if (counter != null) {
            counter.increment();
        }
    }

    /** An interceptor has refused a message, with a code and a text of its own; these would be too many to tell apart. */
    void countInterceptor() {
        byInterceptors.increment();
    }

    Map<Rejection, Long> read() {
        Map<Rejection, Long> counts = new HashMap<>();
        usual.forEach((text, counter) -> counts.put(new Rejection(codeOf(text).value(), text.key()), counter.sum()));
        others.forEach((code, counter) -> counts.put(new Rejection(code.value(), OTHER), counter.sum()));
        counts.put(new Rejection(ErrorCode.FORBIDDEN.value(), INTERCEPTOR), byInterceptors.sum());
        return counts;
    }

    private static ErrorCode codeOf(ProtocolText text) {
        return switch (text) {
            case TICKET_REFUSED, AUTH_REQUIRED -> ErrorCode.UNAUTHENTICATED;
            case NOT_YOU,
                    JOIN_REFUSED,
                    SPEAK_REFUSED,
                    BANNED,
                    BANNED_FROM_GROUP,
                    MUTED,
                    ANNOUNCE_ONLY,
                    TOO_MANY_GROUPS -> ErrorCode.FORBIDDEN;
            case TOO_FAST, SLOW_MODE, TOO_MANY_PAIRS -> ErrorCode.TOO_MANY_REQUESTS;
            case UNAVAILABLE -> ErrorCode.UNAVAILABLE;
            case INTERNAL -> ErrorCode.INTERNAL;
            default -> ErrorCode.BAD_REQUEST;
        };
    }
}
