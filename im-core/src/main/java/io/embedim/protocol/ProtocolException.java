package io.embedim.protocol;

import io.embedim.model.ImException;
import java.io.Serial;

/**
 * A client broke the protocol: the frame is answered with {@link ErrorCode#BAD_REQUEST} and the connection is closed. Never reaches the application.
 *
 * <p>Carries no stack trace: it is a client's doing, as frequent as a client likes.
 */
public final class ProtocolException extends ImException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Part of the serialized form. */
    private final ProtocolText text;

    /**
     * A broken rule.
     *
     * @param text which one
     */
    public ProtocolException(ProtocolText text) {
        super(text.key());
        this.text = text;
    }

    /**
     * Which rule was broken.
     *
     * @return the key of the text for the client
     */
    public ProtocolText text() {
        return text;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
