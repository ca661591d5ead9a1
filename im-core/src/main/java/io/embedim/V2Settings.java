package io.embedim;

import io.embedim.conversation.Directory;
import io.embedim.conversation.Watermarks;
import org.jspecify.annotations.Nullable;

/**
 * What a server needs to speak {@code im.v2}: acks, history, resume, every device. Immutable; each method answers a changed copy.
 *
 * <p>What is said is then kept, within the broker's retention: what classic clients say too. By default everything is kept in memory and gone with the process; {@code JdbcBroker} in
 * im-jdbc keeps it on disk, {@code RedisBackend} in im-redis where several nodes find it. Source: docs/protocol-v2.md.
 */
public final class V2Settings {

    /** The WebSocket sub-protocol by which a client asks for the dialect. */
    public static final String SUBPROTOCOL = "im.v2";

    private final @Nullable Directory directory;
    private final @Nullable Watermarks watermarks;
    private final boolean openHistory;

    private V2Settings(@Nullable Directory directory, @Nullable Watermarks watermarks, boolean openHistory) {
        this.directory = directory;
        this.watermarks = watermarks;
        this.openHistory = openHistory;
    }

    /**
     * Lists of conversations and watermarks in memory; and the log too, unless the builder was given a broker.
     *
     * @return the settings
     */
    public static V2Settings inMemory() {
        return new V2Settings(null, null, false);
    }

    /**
     * Keeps each user's list of conversations somewhere else. It must live as long as the broker's log does.
     *
     * @param other the directory
     * @return a changed copy
     */
    public V2Settings directory(Directory other) {
        return new V2Settings(other, watermarks, openHistory);
    }

    /**
     * Keeps what users have read and received somewhere else.
     *
     * @param other the watermarks
     * @return a changed copy
     */
    public V2Settings watermarks(Watermarks other) {
        return new V2Settings(directory, other, openHistory);
    }

    /**
     * Under {@code trustClaims()}: lets whoever claims to be a user read what that user may read. Without it claimed users hear what is said while they are there, and have no
     * history, sync or watermarks. Anybody can claim to be anybody; for demos and closed networks only.
     *
     * @return a changed copy
     */
    public V2Settings openHistory() {
        return new V2Settings(directory, watermarks, true);
    }

    @Nullable
    Directory directory() {
        return directory;
    }

    @Nullable
    Watermarks watermarks() {
        return watermarks;
    }

    boolean isHistoryOpen() {
        return openHistory;
    }
}
