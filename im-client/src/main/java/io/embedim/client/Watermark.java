package io.embedim.client;

/** Up to where something was done. */
public enum Watermark {
    /** Everything up to there has been read. */
    READ("read"),
    /** Everything up to there has come to a device. */
    RECEIVED("recv");

    private final String event;

    Watermark(String event) {
        this.event = event;
    }

    String event() {
        return event;
    }
}
