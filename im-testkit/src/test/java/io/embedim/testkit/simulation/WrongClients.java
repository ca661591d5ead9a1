package io.embedim.testkit.simulation;

import io.embedim.client.ClientStore;
import io.embedim.client.DirectoryCursor;
import io.embedim.client.Entry;
import io.embedim.client.Position;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Clients that are wrong in one thing each, made of the right one by what it hears and where it keeps it. */
final class WrongClients {

    private static final Set<String> LIVE = Set.of("message", "edit", "recall", "member_added", "member_removed");

    private WrongClients() {}

    /** Nothing is wrong with the client, but what reaches it is, now and then, of another branch of the log. */
    static class Forked implements Distortion {

        @Override
        public String understood(String text, ClientStore store) {
            ObjectNode frame = live(text);
            if (frame == null || text.hashCode() % 8 != 0) {
                return text;
            }
            ObjectNode data = (ObjectNode) frame.get("data");
            data.put("mid", "branch-" + data.path("mid").asString(""));
            data.put("prev", "branch-" + data.path("prev").asString(""));
            return frame.toString();
        }
    }

    /** Takes a live entry for its number alone. */
    static final class NoPrevCheck extends Forked {

        @Override
        public String understood(String text, ClientStore store) {
            String heard = super.understood(text, store);
            ObjectNode frame = live(heard);
            if (frame == null) {
                return heard;
            }
            ObjectNode data = (ObjectNode) frame.get("data");
            Position position = store.position(data.path("conv").asString(""));
            data.put("prev", position.mid());
            if (position.seq() > 0) {
                data.put("epoch", position.epoch());
            }
            return frame.toString();
        }
    }

    /** Thinks that it has what the server has. */
    static final class AckMovesThePosition implements Distortion {

        @Override
        public String understood(String text, ClientStore store) {
            JsonNode frame = ModelFrames.JSON.readTree(text);
            JsonNode data = frame.path("data");
            String conv = data.path("conv").asString("");
            Position at = new Position(
                    data.path("epoch").asString(""),
                    data.path("seq").asLong(0),
                    data.path("mid").asString(""));
            if (data.path("event").asString("").equals("ack")
                    && at.seq() > store.position(conv).seq()) {
                store.restart(conv, at);
            }
            return text;
        }
    }

    /** Stores all but each eleventh entry. */
    static final class LosesEntries implements Distortion {

        @Override
        public ClientStore store(ClientStore store) {
            return new Losing(store);
        }
    }

    private static @org.jspecify.annotations.Nullable ObjectNode live(String text) {
        JsonNode frame = ModelFrames.JSON.readTree(text);
        return LIVE.contains(frame.path("data").path("event").asString("")) ? (ObjectNode) frame : null;
    }

    private record Losing(ClientStore store) implements ClientStore {

        @Override
        public Set<String> conversations() {
            return store.conversations();
        }

        @Override
        public Position position(String conv) {
            return store.position(conv);
        }

        @Override
        public List<Entry> entries(String conv) {
            return store.entries(conv);
        }

        @Override
        public Optional<Entry> at(String conv, long seq) {
            return store.at(conv, seq);
        }

        @Override
        public void append(String conv, List<Entry> entries) {
            for (Entry entry : entries) {
                if (entry.position().seq() % 11 == 0) {
                    store.restart(conv, entry.position());
                } else {
                    store.append(conv, List.of(entry));
                }
            }
        }

        @Override
        public void amend(String conv, Entry entry) {
            store.amend(conv, entry);
        }

        @Override
        public void restart(String conv, Position position) {
            store.restart(conv, position);
        }

        @Override
        public void discard(String conv) {
            store.discard(conv);
        }

        @Override
        public DirectoryCursor directory() {
            return store.directory();
        }

        @Override
        public void directory(DirectoryCursor cursor) {
            store.directory(cursor);
        }
    }
}
