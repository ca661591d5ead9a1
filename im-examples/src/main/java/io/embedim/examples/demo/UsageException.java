package io.embedim.examples.demo;

import java.io.Serial;

/** What the user has to change before the demo can start, in one sentence. */
final class UsageException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }

    UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
