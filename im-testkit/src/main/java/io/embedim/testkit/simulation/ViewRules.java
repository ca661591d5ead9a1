package io.embedim.testkit.simulation;

import io.embedim.client.ChatEvent;
import io.embedim.client.Entry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a user sees: each message once, in the log's order, and every loss. */
final class ViewRules {

    private final Findings findings;
    private final String who;
    private final Map<String, Set<String>> shown = new HashMap<>();
    private final Map<String, Long> lastShown = new HashMap<>();
    private final Set<String> ever = new HashSet<>();

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
    }

    void told(ChatEvent event) {
        if (event instanceof ChatEvent.Shown message) {
            shown(message.entry(), message.again());
        } else if (event instanceof ChatEvent.Reset reset) {
            findings.check(
                    findings.wasLogLost(), "P4", () -> who + " discards " + reset.conv() + " and no log was lost");
            shown.remove(reset.conv());
            lastShown.remove(reset.conv());
        } else if (event instanceof ChatEvent.Fault fault && fault.code() == 0) {
            findings.broken("V-FRAME", who + " found a fault: " + fault.reason() + " " + fault.conv());
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
