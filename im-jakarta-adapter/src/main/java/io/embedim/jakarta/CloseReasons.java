package io.embedim.jakarta;

import io.embedim.connection.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;

/** Close codes between the core's words and the container's. */
final class CloseReasons {

    private CloseReasons() {}

    /** What may not stand in a close frame (RFC 6455 section 7.4.1) becomes 1011. */
    static jakarta.websocket.CloseReason toContainer(CloseReason reason) {
        int code = reason.code();
        boolean reserved = code == 1004 || code == 1005 || code == 1006 || (code >= 1015 && code < 3000);
        return new jakarta.websocket.CloseReason(
                reserved ? CloseCodes.UNEXPECTED_CONDITION : CloseCodes.getCloseCode(code), reason.text());
    }

    static CloseReason fromContainer(jakarta.websocket.CloseReason reason) {
        int code = reason.getCloseCode().getCode();
        String text = reason.getReasonPhrase();
        return code < 1000 || code > 4999 ? CloseReason.LOST : new CloseReason(code, text == null ? "" : text);
    }
}
