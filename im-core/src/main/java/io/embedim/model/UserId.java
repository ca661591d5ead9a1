package io.embedim.model;

/**
 * A user of the application, by the id that the application gives.
 *
 * <p>Any text of 1 to 64 Unicode code points. On the wire an integer stands for its decimal text, so {@code 10086} and {@code "10086"} are one
 * user. Immutable and safe for use by any thread. Source: docs/protocol.md, rule C-ID.
 *
 * @param value the id; 1 to {@value Ids#MAX_CODE_POINTS} code points, without lone surrogates
 */
public record UserId(String value) implements Comparable<UserId> {

    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException if it is empty, too long or not valid Unicode
     */
    public UserId {
        Ids.check("user id", value);
    }

    /**
     * The same as the constructor, to be read aloud.
     *
     * @param value the id
     * @return the user id
     */
    public static UserId of(String value) {
        return new UserId(value);
    }

    @Override
    public int compareTo(UserId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
