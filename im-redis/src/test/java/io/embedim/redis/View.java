package io.embedim.redis;

import io.embedim.client.ChatEvent;
import io.embedim.client.Entry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a device has shown: each message once, in the order of the log, until it is told that a log is another one. */
final class View {

    /** Of a page of a hundred entries not all are messages. */
    private static final int NEWEST_PAGE = 80;

    private final String who;
    private final Ledger ledger;
    private final Map<String, Set<String>> shown = new HashMap<>();
    private final Map<String, Long> last = new HashMap<>();
    private final Set<String> ever = new HashSet<>();
    private final Set<String> reset = new HashSet<>();

    View(String who, Ledger ledger) {
        this.who = who;
        this.ledger = ledger;
    }

    /** Their ids. */
    List<String> messages(String conv) {
        return List.copyOf(shown.getOrDefault(conv, Set.of()));
    }

    /** Whether it has what somebody has who reads all of the log; after a reset a client has its newest page, and what came then. */
    boolean agrees(String conv, List<String> log) {
        List<String> own = messages(conv);
        int missing = log.size() - own.size();
        return own.equals(log)
                || (reset.contains(conv)
                        && missing > 0
                        && own.size() >= NEWEST_PAGE
                        && own.equals(log.subList(missing, log.size())));
    }

    void told(ChatEvent event) {
        if (event instanceof ChatEvent.Shown message) {
            show(message.entry(), message.again());
        } else if (event instanceof ChatEvent.Reset reset) {
            ledger.reset(who, reset.conv());
            this.reset.add(reset.conv());
            shown.remove(reset.conv());
            last.remove(reset.conv());
        } else if (event instanceof ChatEvent.Trimmed trimmed) {
            ledger.found(who + " is told of a gap where nothing was let go of: " + trimmed);
        } else if (event instanceof ChatEvent.Gone || event instanceof ChatEvent.Left) {
            ledger.found(who + " is put out: " + event);
        } else if (event instanceof ChatEvent.Fault fault && fault.code() == 0) {
            ledger.found(who + " sees a rule broken: " + fault);
        }
    }

    private void show(Entry entry, boolean again) {
        String words = entry.content().toString();
        if (!shown.computeIfAbsent(entry.conv(), conv -> new LinkedHashSet<>()).add(entry.id())) {
            ledger.found(who + " is shown " + entry + " twice: " + words);
        }
        if (!ever.add(entry.id()) && !again) {
            ledger.found(who + " is shown " + entry + " as new a second time: " + words);
        }
        Long before = last.put(entry.conv(), entry.position().seq());
        if (before != null && before >= entry.position().seq()) {
            ledger.found(who + " is shown " + entry + " behind " + before);
        }
    }
}
