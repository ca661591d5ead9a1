package io.embedim.security;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secrets that sign tickets: one that signs, and those that are still believed. Immutable; {@link #toString()} shows the ids only.
 *
 * <p>To rotate: a new key becomes the one that signs, the old one stays {@linkplain #accepting accepted} until the last ticket that it signed has expired, then it goes. Whoever
 * knows a secret can be anybody: it belongs where passwords are kept, and to the servers alone.
 */
public final class TicketKeys {

    /** A secret must have at least as many bytes as the signature: RFC 7518 section 3.2. */
    private static final int MIN_BYTES = 32;

    static final String ALGORITHM = "HmacSHA256";

    private final String signing;
    private final Map<String, SecretKey> keys;

    private TicketKeys(String signing, Map<String, SecretKey> keys) {
        this.signing = signing;
        this.keys = keys;
    }

    /**
     * One key, which signs and is accepted.
     *
     * @param id its name, which stands readable in each ticket; 1 to 64 characters
     * @param secret 32 bytes or more of true chance, such as those of {@link java.security.SecureRandom}; copied
     * @return the keys
     * @throws IllegalArgumentException if the id is empty or too long, or the secret too short
     */
    public static TicketKeys of(String id, byte[] secret) {
        return new TicketKeys(id, Map.of(checked(id), key(secret)));
    }

    /**
     * These keys, and one more that no longer signs but is still believed.
     *
     * @param id its name
     * @param secret its secret; copied
     * @return a copy
     * @throws IllegalArgumentException as for {@link #of}, or if there is a key of that name already
     */
    public TicketKeys accepting(String id, byte[] secret) {
        Map<String, SecretKey> more = new HashMap<>(keys);
        if (more.put(checked(id), key(secret)) != null) {
            throw new IllegalArgumentException("there is a key \"" + id + "\" already");
        }
        return new TicketKeys(signing, Map.copyOf(more));
    }

    String signingId() {
        return signing;
    }

    Optional<SecretKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    @Override
    public String toString() {
        return "TicketKeys[" + signing + " of "
                + keys.keySet().stream().sorted().toList() + "]";
    }

    private static String checked(String id) {
        if (id.isEmpty() || id.length() > 64) {
            throw new IllegalArgumentException("key id has " + id.length() + " characters; expected 1 to 64");
        }
        return id;
    }

    private static SecretKey key(byte[] secret) {
        if (secret.length < MIN_BYTES) {
            throw new IllegalArgumentException("secret has " + secret.length + " bytes; expected at least 32");
        }
        return new SecretKeySpec(Arrays.copyOf(secret, secret.length), ALGORITHM);
    }
}
