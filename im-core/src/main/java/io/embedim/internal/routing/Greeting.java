package io.embedim.internal.routing;

import io.embedim.connection.Handshake;
import io.embedim.internal.v2.Dialogue;
import io.embedim.model.Identity;
import io.embedim.model.Limits;
import io.embedim.model.UserId;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a client of {@code im.v2} has said of itself in the handshake (docs/protocol-v2.md V-HELLO). */
final class Greeting {

    private static final int MOST_DEVICE_BYTES = 64;
    private static final int MOST_NAME_CHARS = 256;
    private static final int MOST_AVATAR_CHARS = 2_048;

    private final int busyFrom;

    Greeting(Limits limits) {
        this.busyFrom = limits.outboundBytes() / 4; // Protocol V3.
    }

    /** Whose connection it is where nobody proves anything; null where it does not say, or says no user id. */
    static @Nullable UserId claimed(Handshake handshake) {
        try {
            return handshake.queryParameter("user_id").map(UserId::new).orElse(null);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The client is let in, and bound to its user. */
    void begin(V2Peer peer, Handshake handshake) {
        UserId user = Objects.requireNonNull(peer.user());
        Identity identity = peer.identity().orElse(null);
        String name = identity != null && identity.name() != null
                ? identity.name()
                : said(handshake, "username", MOST_NAME_CHARS);
        String avatar = identity != null && identity.avatar() != null
                ? identity.avatar()
                : said(handshake, "avatar", MOST_AVATAR_CHARS);
        String device = said(handshake, "device", MOST_DEVICE_BYTES);
        boolean fits = device != null && device.getBytes(StandardCharsets.UTF_8).length <= MOST_DEVICE_BYTES;
        peer.begin(
                new V2Link(peer, user, busyFrom),
                new Dialogue.Names(name != null ? name : user.value(), avatar, fits ? device : null));
    }

    /** What is missing, empty or too long is as if it had not been said. */
    private static @Nullable String said(Handshake handshake, String parameter, int mostChars) {
        return handshake
                .queryParameter(parameter)
                .filter(value -> !value.isEmpty() && value.length() <= mostChars)
                .orElse(null);
    }
}
