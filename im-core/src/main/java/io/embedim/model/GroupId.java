package io.embedim.model;

/**
 * A group of users, by the id that the application gives.
 *
 * <p>Any text of 1 to 64 Unicode code points here; on the wire, by default, a string of digits or an integer ≥ 0, where {@code 100} and
 * {@code "100"} are one group and {@code "0100"} is another. Immutable and safe for use by any thread. Source: docs/protocol.md, rule C-GROUP.
 *
 * @param value the id; 1 to {@value Ids#MAX_CODE_POINTS} code points, without lone surrogates
 */
public record GroupId(String value) implements Comparable<GroupId> {

    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException if it is empty, too long or not valid Unicode
     */
    public GroupId {
        Ids.check("group id", value);
    }

    /**
     * The same as the constructor, to be read aloud.
     *
     * @param value the id
     * @return the group id
     */
    public static GroupId of(String value) {
        return new GroupId(value);
    }

    @Override
    public int compareTo(GroupId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
