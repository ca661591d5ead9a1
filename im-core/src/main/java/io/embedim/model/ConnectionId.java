package io.embedim.model;

import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One connection of one client, for as long as it is open. Never used again for another one.
 *
 * <p>Opaque: 1 to 64 code points, in practice 24 hexadecimal digits. It appears on the wire as {@code client_id} of a leave frame, so it must not be a
 * secret. Immutable and safe for use by any thread.
 *
 * <p>There is one for each connection and few are ever read, so an id of 24 digits is kept as its 96 bits, and its text made when it is asked for.
 */
public final class ConnectionId implements Comparable<ConnectionId> {

    private static final int DIGITS = 24;
    private static final int HIGH_DIGITS = 16;
    private static final HexFormat HEX = HexFormat.of();

    private final long high;
    private final int low;
    private final @Nullable String text; // Null where the bits say all.

    /**
     * An id that somebody else has kept as text.
     *
     * @param value the id
     * @throws IllegalArgumentException if it is empty, too long or not valid Unicode
     */
    public ConnectionId(String value) {
        Ids.check("connection id", value);
        boolean bits = isBits(value);
        this.high = bits ? HexFormat.fromHexDigitsToLong(value, 0, HIGH_DIGITS) : 0;
        this.low = bits ? HexFormat.fromHexDigits(value, HIGH_DIGITS, DIGITS) : 0;
        this.text = bits ? null : value;
    }

    private ConnectionId(long high, int low) {
        this.high = high;
        this.low = low;
        this.text = null;
    }

    /**
     * Makes a fresh id of 96 random bits.
     *
     * @param random where the bits come from; a {@link java.security.SecureRandom} in production, a seeded {@link SplittableRandom} in a simulation
     * @return a new id
     */
    public static ConnectionId random(RandomGenerator random) {
        return new ConnectionId(random.nextLong(), random.nextInt());
    }

    /**
     * The id as text.
     *
     * @return 1 to 64 code points
     */
    public String value() {
        return text != null ? text : HEX.toHexDigits(high) + HEX.toHexDigits(low);
    }

    @Override
    public int compareTo(ConnectionId other) {
        if (text != null || other.text != null) {
            return value().compareTo(other.value());
        }
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Integer.compareUnsigned(low, other.low);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConnectionId id
                && high == id.high
                && low == id.low
                && (text == null ? id.text == null : text.equals(id.text));
    }

    @Override
    public int hashCode() {
        return text != null ? text.hashCode() : 31 * Long.hashCode(high) + low;
    }

    @Override
    public String toString() {
        return value();
    }

    /** Only lower case, so that what is kept as bits comes out as it came in. */
    private static boolean isBits(String value) {
        return value.length() == DIGITS
                && value.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }
}
