package io.embedim.internal.v2;

import io.embedim.conversation.EntryRef;
import io.embedim.internal.codec.Quotes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Knows a repetition from something else (protocol S3): the first 128 bits of SHA-256 over event, place, what is said, and target. White space, escapes and the order of the frame's own
 * fields make no difference; inside of {@code body} the order of keys and the spelling of numbers do, so a client repeats what it sent. Other fields, {@code base_rev} among them, are not
 * covered.
 */
final class Hashes {

    private static final int BYTES = 16;

    private Hashes() {}

    /** The parts are JSON or words, so none has the line feed that stands between them. */
    static String of(String event, String place, String said, @Nullable EntryRef target) {
        String all = event
                + '\n'
                + place
                + '\n'
                + said
                + '\n'
                + (target == null ? "" : target.seq() + ":" + Quotes.quoted(target.mid()));
        byte[] digest = sha256().digest(all.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
