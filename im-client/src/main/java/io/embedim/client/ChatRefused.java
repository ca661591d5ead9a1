package io.embedim.client;

/** The server will not do what the user wanted; nothing was done. */
public final class ChatRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** As the server gave it. */
    private final int code;

    /**
     * A refusal.
     *
     * @param code the code of the server's error, as docs/protocol-v2.md lists them; 0 where the client gave up itself
     * @param reason the error's text
     */
    public ChatRefused(int code, String reason) {
        super("refused with " + code + ": " + reason);
        this.code = code;
    }

    /**
     * The error's code.
     *
     * @return the code, 0 where the client gave up itself
     */
    public int code() {
        return code;
    }
}
