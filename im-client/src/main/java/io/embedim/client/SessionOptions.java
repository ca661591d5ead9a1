package io.embedim.client;

import java.time.Duration;

/**
 * How a {@link ChatSession} behaves.
 *
 * @param firstPage with how many of the newest entries a conversation begins, 1 to 100; 0 for the first entry that is still there
 * @param answerTime how long an answer is waited for before a frame is repeated
 * @param pingTime after how much silence the server is asked for a sign of life; the connection is given up after that and {@code answerTime}
 * @param backOff how long the first pause before a new connection may be; doubled with each failure. The pause is anything between nothing and that (full jitter)
 * @param longestBackOff the bound of that
 * @param directoryTime how often the list of conversations is asked for while connected
 */
public record SessionOptions(
        int firstPage,
        Duration answerTime,
        Duration pingTime,
        Duration backOff,
        Duration longestBackOff,
        Duration directoryTime) {

    /** Fifty entries; ten seconds for an answer, a ping after 25 s, pauses of one second to one minute, the list each minute. */
    public static final SessionOptions DEFAULT = new SessionOptions(
            50,
            Duration.ofSeconds(10),
            Duration.ofSeconds(25),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1));

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if the page is not between 0 and 100, or a time is not positive
     */
    public SessionOptions {
        if (firstPage < 0 || firstPage > 100) {
            throw new IllegalArgumentException("firstPage is " + firstPage + "; expected 0 to 100");
        }
        for (Duration time : new Duration[] {answerTime, pingTime, backOff, longestBackOff, directoryTime}) {
            if (time.toMillis() < 1) {
                throw new IllegalArgumentException("a time is " + time + "; expected a millisecond or more");
            }
        }
    }

    /**
     * The same with another beginning.
     *
     * @param entries as {@link #firstPage()}
     * @return a copy
     */
    public SessionOptions beginningWith(int entries) {
        return new SessionOptions(entries, answerTime, pingTime, backOff, longestBackOff, directoryTime);
    }
}
