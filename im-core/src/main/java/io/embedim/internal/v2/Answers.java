package io.embedim.internal.v2;

import io.embedim.model.LogText;
import io.embedim.protocol.ErrorCode;
import io.embedim.protocol.ProtocolText;
import io.embedim.security.Decision;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests that are not done (docs/protocol-v2.md V-ERR). */
final class Answers {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final Host host;

    Answers(Host host) {
        this.host = host;
    }

    /** It is not done, and nothing was stored. */
    void refuse(Link link, Request request, ErrorCode code, ProtocolText text) {
        send(link, request.event(), request.id(), code, text, false, null);
    }

    /** Not there, or not for this client: one answer, so that nobody learns which (V5). */
    void notThere(Link link, Request request) {
        refuse(link, request, ErrorCode.NOT_FOUND, ProtocolText.NOT_FOUND);
    }

    void refuse(Link link, Request request, Decision decision, ProtocolText unsaid) {
        ProtocolText text = decision.reasonOr(unsaid);
        Duration wait = decision.retryAfter();
        if (wait.isZero()) {
            refuse(link, request, ErrorCode.FORBIDDEN, text);
        } else {
            send(link, request.event(), request.id(), ErrorCode.TOO_MANY_REQUESTS, text, false, seconds(wait));
        }
    }

    /** Not now; the client comes back. */
    void later(Link link, Request request, ErrorCode code, ProtocolText text, Duration wait) {
        send(link, request.event(), request.id(), code, text, false, seconds(wait));
    }

    /** What the client sent cannot be done. */
    void fault(Link link, Fault fault) {
        send(link, fault.event(), fault.id(), fault.code(), fault.text(), false, null);
    }

    /** A backend did not do it; what took too long may have been done. */
    void unavailable(Link link, Request request, Throwable failure) {
        notDone(link, request, failure, failure instanceof TimeoutException ? null : Boolean.FALSE);
    }

    /** A log that failed may have what it was given; so the client repeats it with the same id. */
    void unknown(Link link, Request request, Throwable failure) {
        notDone(link, request, failure, null);
    }

    private void notDone(Link link, Request request, Throwable failure, @Nullable Boolean committed) {
        String event = request.event();
        LOG.warn("event=backend_failed connection={} frame={} cause={}", link.id(), event, LogText.line(failure));
        send(link, request.event(), request.id(), ErrorCode.UNAVAILABLE, ProtocolText.UNAVAILABLE, committed, null);
    }

    private void send(
            Link link,
            @Nullable String event,
            @Nullable String id,
            ErrorCode code,
            ProtocolText text,
            @Nullable Boolean committed,
            @Nullable Long seconds) {
        host.refused(code, text);
        link.send(Frames.error(
                code.value(), link.say(text), event, id, code.isTemporary() || seconds != null, committed, seconds));
    }

    /** In whole seconds, and never 0. */
    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    }
}
