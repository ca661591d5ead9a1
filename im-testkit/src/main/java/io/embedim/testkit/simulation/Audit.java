package io.embedim.testkit.simulation;

import io.embedim.client.Entry;
import io.embedim.client.Position;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** Compares, when all has become quiet, what each device has with what somebody reads who begins anew. */
final class Audit {

    private final Findings findings;
    private final LogRules log;

    Audit(Findings findings, LogRules log) {
        this.findings = findings;
        this.log = log;
    }

    /** What is wrong, told as rule and text; quiet networks may still be on their way to be right. */
    void compare(List<SimulatedClient> clients, SimulatedClient reader, BiConsumer<String, String> wrong) {
        for (SimulatedClient client : clients) {
            if (client.user.equals(reader.user)) {
                for (String conv : client.view.untold()) {
                    // Of a log that has nothing left, no broker has anything to tell before somebody speaks again.
                    boolean nothingLeft = reader.stored().entries(conv).isEmpty();
                    boolean left = client.hasLeft(conv) || (conv.startsWith("g:") && isOutside(client, conv));
                    if (!left && !nothingLeft) {
                        wrong.accept("P4", client.device + " has what is lost of " + conv + ", which nobody told");
                    }
                }
                for (String conv : reader.stored().conversations()) {
                    compare(client, reader, conv, wrong);
                }
            }
        }
        new PresentRules(log, reader, wrong).check();
        for (LogRules.Ack ack : log.acks()) {
            if (ack.user().equals(reader.user)) {
                acknowledged(ack, reader, wrong);
            }
        }
    }

    private static void compare(
            SimulatedClient client, SimulatedClient reader, String conv, BiConsumer<String, String> wrong) {
        List<Entry> entries = reader.stored().entries(conv);
        // That the user has joined a group on another device, a client hears by the directory, in its time.
        boolean unknown = conv.startsWith("g:") && isOutside(client, conv);
        if (entries.isEmpty() || unknown || client.hasLeft(conv) || reader.hasLeft(conv)) {
            return;
        }
        Entry last = entries.get(entries.size() - 1);
        // Who is no member any more hears of no later change, and a fresh reader sees what became of old words.
        boolean over = isOver(last, client.user);
        String where = client.device + " has of " + conv + " ";
        if (!client.stored().position(conv).equals(reader.stored().position(conv))) {
            // That the user came back on another device since, this reader hears by the directory, in its time.
            if (over && isAhead(client.stored().position(conv), last.position())) {
                return;
            }
            wrong.accept(
                    "P1",
                    where + client.stored().position(conv) + ", expected "
                            + reader.stored().position(conv));
            return;
        }
        List<Entry> own = client.stored().entries(conv);
        long begin = own.isEmpty()
                ? Long.MAX_VALUE
                : own.get(own.size() - 1).position().seq();
        for (int i = own.size() - 2; i >= 0 && own.get(i).position().seq() == begin - 1; i--) {
            begin--;
        }
        for (Entry entry : entries) {
            if (entry.position().seq() < begin) {
                continue;
            }
            Entry stored = client.stored().at(conv, entry.position().seq()).orElse(null);
            boolean same = over ? stored != null && entry.ref().equals(stored.ref()) : entry.equals(stored);
            if (!same) {
                wrong.accept(
                        "E3",
                        where + stored + " rev " + (stored == null ? 0 : stored.revision()) + ", expected " + entry
                                + " rev " + entry.revision());
            } else if (entry.kind() == Entry.Kind.MESSAGE && !client.view.isShown(entry)) {
                wrong.accept("S5", where + entry + " and has not shown it");
            }
        }
        if (begin > entries.get(0).position().seq() && begin > client.begins(conv)) {
            wrong.accept("P1", where + "nothing from " + client.begins(conv) + " to " + begin + ", which nobody told");
        }
    }

    private static boolean isAhead(Position one, Position other) {
        return one.epoch().equals(other.epoch()) && one.seq() > other.seq();
    }

    private static boolean isOutside(SimulatedClient client, String conv) {
        List<Entry> own = client.stored().entries(conv);
        return own.isEmpty() || isOver(own.get(own.size() - 1), client.user);
    }

    static boolean isOver(Entry last, String user) {
        return last.kind() == Entry.Kind.MEMBER_REMOVED && last.member().equals(user);
    }

    private void acknowledged(LogRules.Ack ack, SimulatedClient reader, BiConsumer<String, String> wrong) {
        if (findings.lost().isLost(ack.mid())) {
            return;
        }
        Set<String> known = reader.stored().conversations();
        List<Entry> entries = reader.stored().entries(ack.conv());
        if (entries.isEmpty() && (findings.wasLogLost() || reader.hasLeft(ack.conv()))) {
            return;
        }
        if (!known.contains(ack.conv())) {
            if (ack.conv().startsWith("p:")) {
                wrong.accept("D1", ack + " is in no conversation that its user's directory lists");
            }
            return;
        }
        String epoch = reader.stored().position(ack.conv()).epoch();
        // That the user came back on another device since, this reader hears by the directory, in its time.
        if (isOutside(reader, ack.conv())
                && epoch.equals(ack.epoch())
                && ack.seq() > reader.stored().position(ack.conv()).seq()) {
            return;
        }
        if (!epoch.equals(ack.epoch())) {
            if (!findings.wasLogLost()) {
                wrong.accept("S1", ack + " is of another epoch than " + epoch + ", and no log was lost");
            }
            return;
        }
        long floor =
                entries.isEmpty() ? Long.MAX_VALUE : entries.get(0).position().seq();
        boolean there = reader.stored()
                .at(ack.conv(), ack.seq())
                .filter(entry ->
                        entry.position().mid().equals(ack.mid()) && entry.id().equals(ack.id()))
                .isPresent();
        if (ack.seq() >= floor && !there) {
            wrong.accept("S1", ack + " is not in the log");
        }
    }
}
