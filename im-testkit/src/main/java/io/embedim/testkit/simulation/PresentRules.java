package io.embedim.testkit.simulation;

import io.embedim.client.Entry;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/** What a fresh reader was told about the present, when all are there and all is quiet: who is online, who belongs, how much is unread. */
final class PresentRules {

    private static final int MOST_UNREAD = 999;

    private final LogRules log;
    private final SimulatedClient reader;
    private final BiConsumer<String, String> wrong;

    PresentRules(LogRules log, SimulatedClient reader, BiConsumer<String, String> wrong) {
        this.log = log;
        this.reader = reader;
        this.wrong = wrong;
    }

    void check() {
        Channel channel = reader.channel();
        boolean tells = channel != null && channel.rules().has("members");
        for (String conv : reader.stored().conversations()) {
            List<Entry> entries = reader.stored().entries(conv);
            if (entries.isEmpty()) {
                continue;
            }
            unread(conv, entries);
            boolean over = Audit.isOver(entries.get(entries.size() - 1), reader.user) || reader.hasLeft(conv);
            if (conv.startsWith("p:")) {
                online(conv);
            } else if (!over && tells) {
                members(conv, entries.get(0).position().seq());
            }
        }
    }

    /** Everybody has a connection, whatever became of nodes and their leases. */
    private void online(String conv) {
        for (String user : reader.offline()) {
            if (LogRules.isOneOf(conv, user)) {
                wrong.accept("PRESENCE", reader.device + " is told that " + user + " is offline, which is connected");
            }
        }
    }

    /** The table of members says what the log says, of all that this member can see. */
    private void members(String conv, long from) {
        List<String> told = reader.members(conv);
        if (told == null) {
            wrong.accept("MEMBERS", reader.device + " is not told who is in " + conv);
            return;
        }
        String epoch = reader.stored().position(conv).epoch();
        for (Map.Entry<String, Map.Entry<Long, Boolean>> change :
                log.lastChanges(conv, epoch).entrySet()) {
            boolean added = change.getValue().getValue();
            if (change.getValue().getKey() >= from && added != told.contains(change.getKey())) {
                wrong.accept(
                        "MEMBERS",
                        reader.device + " is told that " + told + " are in " + conv + "; the log says that "
                                + change.getKey() + (added ? " is" : " is not"));
            }
        }
    }

    /** Unread is what stands behind the mark, is somebody else's and was not recalled (W2). */
    private void unread(String conv, List<Entry> entries) {
        Channel channel = reader.channel();
        JsonNode page = channel == null ? null : channel.rules().page(conv);
        if (page == null || !page.has("unread")) {
            return;
        }
        String epoch = page.path("top").path("epoch").asString("");
        long top = page.path("top").path("seq").asLong(0);
        if (entries.stream().anyMatch(entry -> entry.position().seq() > top && entry.kind() != Entry.Kind.MESSAGE)) {
            return; // What was taken back behind the page had been counted there.
        }
        boolean stands = !log.isLost(page.path("read").path("mid").asString(""));
        long read = stands ? MarkRules.at(page.path("read"), epoch) : 0;
        long expected = entries.stream()
                .filter(entry ->
                        entry.position().seq() > read && entry.position().seq() <= top)
                .filter(entry -> entry.kind() == Entry.Kind.MESSAGE && !entry.recalled())
                .filter(entry -> !entry.sender().equals(reader.user))
                .count();
        int told = page.path("unread").asInt(-1);
        if (told != Math.min(expected, MOST_UNREAD)) {
            wrong.accept(
                    "W2",
                    reader.device + " is told that " + told + " are unread in " + conv + " behind " + read + "; "
                            + expected + " are");
        }
    }
}
