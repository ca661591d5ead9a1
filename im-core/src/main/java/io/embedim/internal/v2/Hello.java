package io.embedim.internal.v2;

import io.embedim.model.ConnectionId;
import io.embedim.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told first.
 *
 * @param user who it is
 * @param connection which connection this is
 * @param device as the client calls itself, or null where it does not
 * @param now the server's time
 * @param dedupeWindow for how long a repetition is known as one
 * @param heartbeat how often the server asks for a sign of life, or null where it does not
 * @param features what the server does
 * @param frameBytes the longest message that it takes, in UTF-8 bytes
 * @param content how many code points a content may have
 * @param syncConversations how many conversations one sync may name
 * @param page how many entries one page may have
 */
public record Hello(
        UserId user,
        ConnectionId connection,
        @Nullable String device,
        Instant now,
        Duration dedupeWindow,
        @Nullable Duration heartbeat,
        List<String> features,
        int frameBytes,
        int content,
        int syncConversations,
        int page) {

    /** Keeps a copy. */
    public Hello {
        features = List.copyOf(features);
    }
}
