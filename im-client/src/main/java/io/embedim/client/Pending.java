package io.embedim.client;

/** An action of the user that the server has not answered yet. */
final class Pending {

    /** The time of something that has not happened. */
    static final long NOT_YET = -1;

    final String id;
    final String conv;
    final Content content;
    final String frame;
    /** When it went out first: by then the server may know it. */
    long firstSent = NOT_YET;
    /** When to send it, or, while it is out, when to send it again. */
    long due;

    int attempts;
    boolean out;

    Pending(String id, String conv, Content content, String frame) {
        this.id = id;
        this.conv = conv;
        this.content = content;
        this.frame = frame;
    }

    /** Whether the server may have forgotten by the next answer that it has this already. */
    boolean isTooOld(Desk desk) {
        return firstSent != NOT_YET
                && desk.now() - firstSent + desk.options.answerTime().toMillis() > desk.window();
    }
}
