package io.embedim.testkit.simulation;

import io.embedim.connection.Handshake;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A client of the classic dialect in the group that everybody uses: it joins, speaks, hears, and comes back when its connection is gone. */
final class ClassicClient {

    static final String USER = "c1";

    private static final Set<String> CLASSIC = Set.of("join", "speak", "leave");
    private static final long SECOND = 1_000_000_000L;
    private static final long PATIENCE_MILLIS = 9_000;
    private static final String SENDER =
            ",\"mode\":2,\"group_id\":1,\"from_user_id\":\"" + USER + "\",\"from_username\":\"C\"";

    private final World world;
    private final LogRules log;
    private @Nullable Channel channel;
    private boolean joined;
    private boolean ended;
    private long lastHeard;

    ClassicClient(World world, LogRules log) {
        this.world = world;
        this.log = log;
    }

    void start() {
        if (ended) {
            return;
        }
        joined = false;
        lastHeard = world.time().millis();
        Channel next = world.channel(USER, new Heard());
        channel = next;
        next.connect(Handshake.at("/im").principal(() -> USER).build());
        world.time().after(SECOND * 3, () -> look(next));
    }

    /** A connection on which nothing comes any more is given up. */
    private void look(Channel watched) {
        if (channel != watched) {
            return;
        } else if (world.time().millis() - lastHeard > PATIENCE_MILLIS) {
            watched.hangUp();
            start();
        } else {
            watched.send("{\"event\":\"ping\"}");
            world.time().after(SECOND * 3, () -> look(watched));
        }
    }

    void speak(String words) {
        Channel open = channel;
        if (open != null && joined) {
            open.send("{\"event\":\"speak\"" + SENDER + ",\"content\":\"" + words + "\"}");
        }
    }

    boolean isQuiet() {
        return joined;
    }

    void end() {
        ended = true;
        Channel open = channel;
        channel = null;
        if (open != null) {
            open.hangUp();
        }
    }

    private final class Heard implements Channel.Ear {

        private final Set<String> words = new HashSet<>();
        private long last;
        private String epoch = "";

        @Override
        public void opened() {
            Channel open = channel;
            if (open != null) {
                open.send("{\"event\":\"join\"" + SENDER + ",\"content\":\"here\"}");
            }
        }

        @Override
        public void received(String text) {
            world.trace(USER, " ← ", text);
            lastHeard = world.time().millis();
            JsonNode frame = world.json(text);
            JsonNode data = frame.path("data");
            String event = data.path("event").asString("");
            if (event.equals("join") && frame.path("code").asInt(1) == 0) {
                joined = true;
            } else if (event.equals("speak") && frame.path("code").asInt(1) == 0) {
                heard(data.path("content").asString(""));
            }
            world.findings()
                    .check(event.isEmpty() || CLASSIC.contains(event), "C3", () -> "a classic client got " + text);
        }

        private void heard(String content) {
            boolean lost =
                    world.findings().wasLogLost() || !world.findings().lost().isEmpty();
            world.findings().check(words.add(content) || lost, "C2", () -> "a classic client got twice: " + content);
            LogRules.Place place = log.placeOf(content);
            // What is said again after a loss has two places.
            if (place != null && !lost) {
                world.findings()
                        .check(
                                !place.epoch().equals(epoch) || place.seq() > last,
                                "L1",
                                () -> "a classic client got " + content + " behind an entry that came before");
                epoch = place.epoch();
                last = place.seq();
            }
        }

        @Override
        public void closed(int code, String reason) {
            channel = null;
            joined = false;
            world.time().after(SECOND / 2, ClassicClient.this::start);
        }
    }
}
