package io.embedim.examples.files;

import java.io.Serial;

/** Why a file is not taken. */
public final class BadUpload extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;

    BadUpload(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status that says it: 400, 413, 415 or 507. */
    public int status() {
        return status;
    }
}
