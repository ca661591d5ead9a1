package io.embedim.bench.compare.play;

/** A server that does not start or a run that does not end: told in the result, and the rest goes on. */
final class Failed extends Exception {

    private static final long serialVersionUID = 1L;

    Failed(String message) {
        super(message);
    }

    Failed(String message, Throwable cause) {
        super(message, cause);
    }
}
