package io.embedim.redis;

import io.embedim.client.ChatEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was said and acknowledged, and what was found wrong: something acknowledged that is not there, something shown twice or in another order, a log that is said to be another one where none was lost. For
 * tasks of one executor.
 */
final class Ledger {

    private static final int MOST = 20;

    private final Map<String, String> said = new HashMap<>();
    private final Map<String, String> convOf = new HashMap<>();
    private final Set<String> acked = new HashSet<>();
    private final List<String> findings = new ArrayList<>();
    private boolean mayLose;
    private int resets;
    private int lost;

    void said(String id, String conv, String words) {
        said.put(id, words);
        convOf.put(id, conv);
    }

    void acked(ChatEvent.Acked event) {
        acked.add(event.id());
    }

    void offered(ChatEvent.ResendOffered offer) {
        if (offer.acked()) {
            lost++;
            if (!mayLose) {
                found("acknowledged and lost: " + offer);
            }
        }
    }

    void reset(String who, String conv) {
        resets++;
        if (!mayLose) {
            found(who + " is told that the log of " + conv + " is another one");
        }
    }

    /** From now on a log may be another one. */
    void mayLose() {
        mayLose = true;
    }

    void found(String what) {
        if (findings.size() < MOST) {
            findings.add(what);
        }
    }

    List<String> findings() {
        return findings;
    }

    int acked() {
        return acked.size();
    }

    int resets() {
        return resets;
    }

    /** How many acknowledged messages were offered to be said again. */
    int lost() {
        return lost;
    }

    /** Compares what devices have with what somebody reads who begins anew, when all has become quiet. */
    void audit(String conv, List<Device> devices, Device reader) {
        List<String> log = reader.view.messages(conv);
        for (Device device : devices) {
            if (!device.view.agrees(conv, log)) {
                found(device.name + " has of " + conv + " " + difference(device.view.messages(conv), log));
            }
        }
        Set<String> there = new HashSet<>(log);
        for (String id : acked) {
            if (conv.equals(convOf.get(id)) && !there.contains(id)) {
                found("acknowledged and not in the log: " + said.get(id) + " of " + conv);
            }
        }
        for (String id : log) {
            if (!said.containsKey(id)) {
                found("in the log of " + conv + " and never said: " + id);
            }
        }
    }

    private static String difference(List<String> own, List<String> log) {
        int same = 0;
        while (same < own.size() && same < log.size() && own.get(same).equals(log.get(same))) {
            same++;
        }
        return own.size() + " messages, expected " + log.size() + "; the first " + same + " are the same";
    }
}
