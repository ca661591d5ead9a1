package io.embedim.model;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * One connection of one client, for as long as it is open. Never used again for another one.
 *
 * <p>Opaque: 1 to 64 code points, in practice 24 hexadecimal digits. It appears on the wire as {@code client_id} of a leave frame, so it must not be a
 * secret. Immutable and safe for use by any thread.
 *
 * @param value the id
 */
public record ConnectionId(String value) implements Comparable<ConnectionId> {

    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException if it is empty, too long or not valid Unicode
     */
    public ConnectionId {
        Ids.check("connection id", value);
    }

    /**
     * Makes a fresh id of 96 random bits.
     *
     * @param random where the bits come from; a {@link java.security.SecureRandom} in production, a seeded {@link SplittableRandom} in a simulation
     * @return a new id
     */
    public static ConnectionId random(RandomGenerator random) {
        byte[] bits = new byte[12];
        random.nextBytes(bits);
        return new ConnectionId(java.util.HexFormat.of().formatHex(bits));
    }

    @Override
    public int compareTo(ConnectionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
