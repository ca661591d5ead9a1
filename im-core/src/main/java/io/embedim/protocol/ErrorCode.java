package io.embedim.protocol;

/** The {@code code} of a frame that answers a client; 0 is success. Source: docs/protocol.md "Codes". */
public enum ErrorCode {
    /** The frame breaks a rule of the protocol. */
    BAD_REQUEST(400, false),
    /** The client has not proven who it is, or its proof is not valid. */
    UNAUTHENTICATED(401, false),
    /** The frame is well formed, but its sender may not do this. */
    FORBIDDEN(403, false),
    /** There is no such thing, or it is not the sender's to know of. Only {@code im.v2} has it. */
    NOT_FOUND(404, false),
    /** What the frame stands on is no longer so, or its id was used for something else. Only {@code im.v2} has it. */
    CONFLICT(409, false),
    /** More frames than the limit allows. */
    TOO_MANY_REQUESTS(429, true),
    /** A fault of the server or of the application; whether the frame took effect is not known. */
    INTERNAL(500, false),
    /** A backend does not answer; the same frame may be sent again later. */
    UNAVAILABLE(503, true);

    private final int value;
    private final boolean temporary;

    ErrorCode(int value, boolean temporary) {
        this.value = value;
        this.temporary = temporary;
    }

    /**
     * The number on the wire.
     *
     * @return the code
     */
    public int value() {
        return value;
    }

    /**
     * Whether the same frame may succeed later.
     *
     * @return true if so
     */
    public boolean isTemporary() {
        return temporary;
    }
}
