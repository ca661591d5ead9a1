package io.embedim.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the parts of a session share: what goes in beside frames, and where everything comes out. */
final class Desk {

    private static final int MOST_FRAMES = 256;
    private static final int DEFAULT_FRAME_BYTES = 65_536;

    final String user;
    final SessionOptions options;
    final ClientStore store;
    private final RandomGenerator random;
    private final LongSupplier clock;
    private final Queue<Effect> effects = new ArrayDeque<>();
    private final Queue<ChatEvent> events = new ArrayDeque<>();
    private final List<String> frames = new ArrayList<>();
    private int frameBytes = DEFAULT_FRAME_BYTES;
    private long window = Duration.ofMinutes(10).toMillis();
    private long requests;
    private boolean ready;

    Desk(String user, SessionOptions options, ClientStore store, RandomGenerator random, LongSupplier clock) {
        this.user = user;
        this.options = options;
        this.store = store;
        this.random = random;
        this.clock = clock;
    }

    long now() {
        return clock.getAsLong();
    }

    /** Whether the server has said hello on a connection that is still there. */
    boolean isReady() {
        return ready;
    }

    void ready(Fields hello) {
        ready = true;
        long limit = hello.object("limits").number("frame_bytes");
        frameBytes = limit > 0 ? (int) Math.min(limit, Integer.MAX_VALUE) : DEFAULT_FRAME_BYTES;
        if (hello.has("dedupe_window")) {
            window = (long) (hello.seconds("dedupe_window") * 1000);
        }
    }

    void disconnected() {
        ready = false;
        frames.clear();
    }

    /** For how many milliseconds the server knows a repetition, at least. */
    long window() {
        return window;
    }

    boolean isTooLong(String frame) {
        return frame.length() > frameBytes / 3 && frame.getBytes(StandardCharsets.UTF_8).length > frameBytes;
    }

    void send(String frame) {
        frames.add(frame);
    }

    void tell(ChatEvent event) {
        events.add(event);
    }

    void want(Effect effect) {
        gather();
        effects.add(effect);
    }

    @Nullable
    Effect nextEffect() {
        gather();
        return effects.poll();
    }

    @Nullable
    ChatEvent nextEvent() {
        return events.poll();
    }

    /** An id for an action of the user: 128 random bits (S2). */
    String newId() {
        byte[] bits = new byte[16];
        random.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    /** An id for a request that may be given again by the next session. */
    String nextRequest() {
        return "r" + ++requests;
    }

    /** Anything between nothing and so many milliseconds. */
    long upTo(long millis) {
        return millis <= 0 ? 0 : random.nextLong(millis + 1);
    }

    /** When to try again what got a temporary error: what the server asked for and up to half as much again, or a second where it asked for nothing. */
    long after(Fields error) {
        long wait = error.has("retry_after") ? (long) (error.seconds("retry_after") * 1000) : 1000;
        return now() + wait + upTo(Math.max(100, wait / 2));
    }

    /** What has gathered goes out as one array, or as several where it is too much for one message. */
    private void gather() {
        int from = 0;
        while (from < frames.size()) {
            int end = from;
            long bytes = 1;
            do {
                bytes += frames.get(end).length() * 3L + 1;
                end++;
            } while (end < frames.size()
                    && end - from < MOST_FRAMES
                    && bytes + frames.get(end).length() * 3L < frameBytes);
            effects.add(new Effect.Send(
                    end - from == 1 ? frames.get(from) : "[" + String.join(",", frames.subList(from, end)) + "]"));
            from = end;
        }
        frames.clear();
    }
}
