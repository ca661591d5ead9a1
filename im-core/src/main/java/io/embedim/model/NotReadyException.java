package io.embedim.model;

import java.io.Serial;

/**
 * A backend cannot be used, and says why in a sentence that anybody may read: what was expected and what came, without addresses, users and secrets. The health view shows it.
 */
public class NotReadyException extends ImException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Why it cannot be used.
     *
     * @param message what was expected and what came
     */
    public NotReadyException(String message) {
        super(message);
    }
}
