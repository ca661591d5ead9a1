package io.embedim.model;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The one root of what this library throws: misuse of the library, or a backend that is broken.
 *
 * <p>What a client does wrong is never an exception to the application: it is answered on the client's connection. Outcomes that are to be expected (closed,
 * overflow) are results, such as {@link io.embedim.connection.SendResult}. Messages say what was expected, what came, and where.
 */
public class ImException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * An exception with a message.
     *
     * @param message what was expected, what came, and where
     */
    public ImException(String message) {
        super(message);
    }

    /**
     * An exception with a message and the reason for it.
     *
     * @param message what was expected, what came, and where
     * @param cause the reason, or null
     */
    public ImException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
