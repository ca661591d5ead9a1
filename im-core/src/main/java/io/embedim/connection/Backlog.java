package io.embedim.connection;

import java.time.Duration;
import java.util.Objects;

/**
 * What a client has not taken yet, at one moment.
 *
 * @param bytes how much waits to be written, in UTF-8 bytes, the write under way included
 * @param age how long the write under way has taken; zero where there is none
 */
public record Backlog(int bytes, Duration age) {

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public Backlog {
        Objects.requireNonNull(age, "age");
        if (bytes < 0 || age.isNegative()) {
            throw new IllegalArgumentException("bytes are " + bytes + ", age is " + age + "; expected 0 or more");
        }
    }
}
