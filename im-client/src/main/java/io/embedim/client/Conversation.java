package io.embedim.client;

/** What a session knows of a conversation beside what is stored. */
final class Conversation {

    final String conv;
    /** To be synced as soon as may be. */
    boolean wanted;
    /** Asked for, and not answered yet. */
    boolean asked;
    /** Up to date on this connection. */
    boolean live;
    /** Not this user's, until something says that it is again. */
    boolean gone;
    /** The newest entries are asked for, not those behind the position. */
    boolean fromLast;
    /** The log has been reset: what was acknowledged may be lost. */
    boolean wasReset;
    /** The directory has said that the user is no member any more; the log may not say so. */
    boolean left;

    Conversation(String conv) {
        this.conv = conv;
    }

    void disconnected() {
        wanted = !gone;
        asked = false;
        live = false;
    }
}
