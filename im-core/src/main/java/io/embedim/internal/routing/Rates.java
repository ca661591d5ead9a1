package io.embedim.internal.routing;

import io.embedim.model.Identity;
import io.embedim.model.Limits;
import io.embedim.model.Rate;
import io.embedim.model.UserId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** How fast connections and proven users may send. A claimed user has no bucket, because anybody could empty it. Safe for use by any thread. */
final class Rates {

    /** So many frames are refused, none a second after the one before, and then the connection is closed. */
    private static final int MAX_REFUSED = 100;

    private static final long PAUSE_NANOS = 1_000_000_000L;

    private final Limits limits;
    private final boolean forConnections;
    private final boolean forUsers;
    private final ConcurrentMap<UserId, Usage> users = new ConcurrentHashMap<>();
    private final ConcurrentMap<UserId, Meter> pairs = new ConcurrentHashMap<>();

    Rates(Limits limits) {
        this.limits = limits;
        this.forConnections = !limits.framesPerConnection().isUnlimited()
                || !limits.bytesPerConnection().isUnlimited();
        this.forUsers =
                !limits.framesPerUser().isUnlimited() || !limits.bytesPerUser().isUnlimited();
    }

    /** What a new connection has used; null where there is no limit for it. */
    @Nullable
    Usage ofConnection(long now) {
        return forConnections || forUsers ? new Usage(now) : null;
    }

    /** Counts a frame. Answers 0, or in how many nanoseconds it would be let through. */
    long take(Usage connection, @Nullable Identity identity, int bytes, long now) {
        if (forConnections) {
            long wait = connection.take(limits.framesPerConnection(), limits.bytesPerConnection(), bytes, now);
            if (wait > 0) {
                return wait;
            }
        }
        if (forUsers && identity != null) {
            return users.computeIfAbsent(identity.user(), user -> new Usage(now))
                    .take(limits.framesPerUser(), limits.bytesPerUser(), bytes, now);
        }
        return 0;
    }

    /** Counts a private conversation that a proven user begins. Answers 0, or in how many nanoseconds it would be let through. */
    long takePair(UserId user, long now) {
        return pairs.computeIfAbsent(user, of -> new Meter(now)).take(limits.newPairsPerUser(), 1, now);
    }

    /** Forgets who has sent nothing for so long that it makes no difference. */
    void forgetIdle(long now) {
        if (!users.isEmpty()) {
            users.values().removeIf(usage -> usage.isNone(now));
        }
        if (!pairs.isEmpty()) {
            pairs.values().removeIf(meter -> meter.isFull(now));
        }
    }

    int users() {
        return users.size();
    }

    /** How many have begun private conversations so lately that it makes a difference. */
    int beginners() {
        return pairs.size();
    }

    /** What somebody has used of both. */
    static final class Usage {

        private final Meter frames;
        private final Meter bytes;
        private int refused; // For the adapter's calls, which come one at a time.
        private long lastRefused;

        private Usage(long now) {
            frames = new Meter(now);
            bytes = new Meter(now);
        }

        private long take(Rate frameRate, Rate byteRate, int size, long now) {
            long wait = frameRate.isUnlimited() ? 0 : frames.take(frameRate, 1, now);
            return wait > 0 || byteRate.isUnlimited() ? wait : bytes.take(byteRate, size, now);
        }

        /** Counts a frame that was refused. True where it was one too many of those that follow each other. */
        boolean refuse(long now) {
            refused = now - lastRefused <= PAUSE_NANOS ? refused + 1 : 1;
            lastRefused = now;
            return refused > MAX_REFUSED;
        }

        private boolean isNone(long now) {
            return frames.isFull(now) && bytes.isFull(now);
        }
    }
}
