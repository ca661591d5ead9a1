package io.embedim.testkit.simulation;

import io.embedim.client.ChatEvent;
import io.embedim.client.Entry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a user sees: each message once, in the log's order, and every loss. */
final class ViewRules {

    private final Findings findings;
    private final String who;
    private final Map<String, Set<String>> shown = new HashMap<>();
    private final Map<String, Long> lastShown = new HashMap<>();
    private final Set<String> ever = new HashSet<>();
    /** Of which conversations this device has something that the log has lost. */
    private final Set<String> untold = new TreeSet<>();

    ViewRules(Findings findings, String who) {
        this.findings = findings;
        this.who = who;
    }

    /** Only what is stored is known to a new process. */
    void restarted() {
        ever.clear();
        shown.values().forEach(ever::addAll);
    }

    void wiped() {
        shown.clear();
        lastShown.clear();
        ever.clear();
        untold.clear();
    }

    void hasLost(String conv) {
        untold.add(conv);
    }

    /** Where a loss has not been told. */
    Set<String> untold() {
        return untold;
    }

    void told(ChatEvent event) {
        if (event instanceof ChatEvent.Shown message) {
            shown(message.entry(), message.again());
        } else if (event instanceof ChatEvent.Reset reset) {
            findings.check(
                    findings.wasLogLost() || findings.lost().concern(reset.conv()),
                    "P4",
                    () -> who + " discards " + reset.conv() + " and nothing was lost");
            untold.remove(reset.conv());
            shown.remove(reset.conv());
            lastShown.remove(reset.conv());
        } else if (event instanceof ChatEvent.Trimmed gap) {
            // What is below the floor cannot be compared any more.
            untold.remove(gap.conv());
        } else if (event instanceof ChatEvent.Fault fault && fault.code() == 0) {
            // A page that was asked for before the loss may meet entries that came since and are lost: the client
            // resets.
            boolean forked = fault.conv() != null && findings.lost().concern(fault.conv());
            findings.check(forked, "V-FRAME", () -> who + " found a fault: " + fault.reason() + " " + fault.conv());
        }
    }

    private void shown(Entry entry, boolean again) {
        String mid = entry.position().mid();
        String action = entry.sender() + " " + entry.id();
        Set<String> view = shown.computeIfAbsent(entry.conv(), conv -> new HashSet<>());
        findings.check(view.add(mid), "S5", () -> who + " is shown " + entry + " twice");
        findings.check(
                entry.id().isEmpty() || view.add(action), "S5", () -> who + " is shown one action twice: " + entry);
        boolean newEntry = ever.add(mid);
        boolean fresh = (entry.id().isEmpty() || ever.add(action)) && newEntry;
        findings.check(fresh || again, "S5", () -> who + " is shown " + entry + " as new a second time");
        long last = lastShown.getOrDefault(entry.conv(), 0L);
        findings.check(entry.position().seq() > last, "L1", () -> who + " is shown " + entry + " behind " + last);
        lastShown.put(entry.conv(), entry.position().seq());
    }

    boolean isShown(Entry entry) {
        Set<String> view = shown.getOrDefault(entry.conv(), Set.of());
        return view.contains(entry.position().mid()) || view.contains(entry.sender() + " " + entry.id());
    }
}
