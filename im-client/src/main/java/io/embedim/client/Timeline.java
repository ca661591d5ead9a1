package io.embedim.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes entries: checks that they fit, stores them and tells what is to be shown. */
final class Timeline {

    private final Desk desk;
    private final Map<String, Seen> shown = new HashMap<>();
    private final Seen everShown = new Seen();

    Timeline(Desk desk) {
        this.desk = desk;
    }

    /**
     * Takes a live entry (V-SYNC 6).
     *
     * @return false where it is a hole or a fork: nothing was done, and the conversation has to be synced
     */
    boolean live(Entry entry) {
        Position position = desk.store.position(entry.conv());
        if (position.isFollowedBy(entry)) {
            take(entry.conv(), List.of(entry));
            return true;
        }
        return isStored(entry);
    }

    /**
     * Takes what stands for entries of who came and went, which are not stored (V-CROWD).
     *
     * @param conv the conversation
     * @param seq the place that they follow
     * @param mid what stands there
     * @param end the last of them
     * @return false where they do not follow the position: nothing was done, and the conversation has to be synced
     */
    boolean passOver(String conv, long seq, String mid, Position end) {
        Position position = desk.store.position(conv);
        if (!position.equals(new Position(end.epoch(), seq, mid))) {
            return false;
        }
        desk.store.restart(conv, end);
        return true;
    }

    /**
     * Takes a page of a sync. What is stored already is passed over; a live entry may have come before the page.
     *
     * @return false where the page does not follow the position: nothing was done
     */
    boolean page(String conv, List<Entry> page) {
        List<Entry> fresh = new ArrayList<>(page.size());
        Position end = desk.store.position(conv);
        for (Entry entry : page) {
            if (end.isFollowedBy(entry)) {
                fresh.add(entry);
                end = entry.position();
            } else if (!fresh.isEmpty() || !isStored(entry)) {
                return false;
            }
        }
        if (!fresh.isEmpty()) {
            take(conv, fresh);
        }
        return true;
    }

    void reset(String conv) {
        seen(conv);
        desk.store.discard(conv);
        shown.put(conv, new Seen());
        desk.tell(new ChatEvent.Reset(conv));
    }

    private boolean isStored(Entry entry) {
        return desk.store
                .at(entry.conv(), entry.position().seq())
                .filter(stored ->
                        stored.position().mid().equals(entry.position().mid()))
                .isPresent();
    }

    private void take(String conv, List<Entry> entries) {
        Seen seen = seen(conv);
        desk.store.append(conv, entries);
        for (Entry entry : entries) {
            switch (entry.kind()) {
                case MESSAGE -> show(seen, entry);
                case EDIT, RECALL -> change(seen, entry);
                case MEMBER_ADDED, MEMBER_REMOVED -> desk.tell(new ChatEvent.MembersChanged(entry));
                case OTHER -> {
                    // It has its place, and this client cannot show it.
                }
            }
        }
    }

    private void show(Seen seen, Entry message) {
        if (seen.contains(message)) {
            return;
        }
        boolean again = everShown.contains(message);
        seen.add(message);
        everShown.add(message);
        desk.tell(new ChatEvent.Shown(message, again));
    }

    /** Edits and recalls count by the highest revision, in any order (E3). */
    private void change(Seen seen, Entry change) {
        EntryRef target = change.target();
        if (target == null || (change.recalled() && change.kind() == Entry.Kind.EDIT)) {
            return;
        }
        if (change.kind() == Entry.Kind.RECALL) {
            forgetWords(change.conv(), target); // Of who came later, too: it has the edits and not the message.
        }
        Optional<Entry> stored = desk.store
                .at(change.conv(), target.seq())
                .filter(entry -> entry.position().mid().equals(target.mid()));
        if (stored.isEmpty() || stored.get().revision() >= change.revision()) {
            return;
        }
        Entry message = stored.get().changedBy(change);
        desk.store.amend(change.conv(), message);
        if (seen.containsMid(target.mid())) {
            desk.tell(message.recalled() ? new ChatEvent.Recalled(message) : new ChatEvent.Edited(message));
        }
    }

    /** What was taken back is nowhere, in its edits neither (E2). */
    private void forgetWords(String conv, EntryRef target) {
        for (Entry entry : desk.store.entries(conv)) {
            if (entry.kind() == Entry.Kind.EDIT && target.equals(entry.target())) {
                desk.store.amend(conv, entry.withoutWords());
            }
        }
    }

    /** A store may be older than the session: what lies in it has been shown. */
    private Seen seen(String conv) {
        return shown.computeIfAbsent(conv, name -> {
            Seen seen = new Seen();
            for (Entry entry : desk.store.entries(name)) {
                if (entry.kind() == Entry.Kind.MESSAGE && !seen.contains(entry)) {
                    seen.add(entry);
                    everShown.add(entry);
                }
            }
            return seen;
        });
    }
}
