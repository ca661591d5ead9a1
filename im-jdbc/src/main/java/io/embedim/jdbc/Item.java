package io.embedim.jdbc;

/** Something that waits for its turn to write, or for what waits before it. */
sealed interface Item permits Errand, Pending, SignalInLine {

    /** How much memory it holds, roughly. */
    long weight();

    /** It has not begun and will not. */
    void drop(String why);
}
