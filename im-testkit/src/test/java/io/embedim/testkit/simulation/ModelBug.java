package io.embedim.testkit.simulation;

/** What a model server can do wrong. */
enum ModelBug {
    NONE,
    /** What is heard while pages are read goes out at once. */
    LIVE_WHILE_CATCHING_UP,
    /** What was heard while the last page was read is forgotten. */
    LIVE_TOO_LATE,
    /** A page that is not the last one is called the last one. */
    LIVE_TOO_EARLY,
    /** Nobody hears that a pair has news. */
    LOST_CHANGED,
    /** A pair is listed when its first message is in the log, not before. */
    DIRECTORY_BEHIND_THE_APPEND,
    /** A live entry is sent for its number alone. */
    NO_PREV_CHECK,
    /** Groups are read as if everybody were a member. */
    READS_FOR_EVERYBODY,
    /** What was trimmed is passed over. */
    SILENT_TRIM,
    /** A server that does not know whether something was done says that it was not. */
    GUESSES_THE_OUTCOME,
    /** Connections that are gone are kept. */
    KEEPS_CONNECTIONS
}
