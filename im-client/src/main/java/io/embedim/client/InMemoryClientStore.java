package io.embedim.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The default store: in memory, with at most so many entries of each conversation. For one thread at a time. */
public final class InMemoryClientStore implements ClientStore {

    private final int entriesEach;
    private final Map<String, Stored> conversations = new LinkedHashMap<>();
    private DirectoryCursor directory = DirectoryCursor.START;

    /** A store that keeps 10,000 entries of each conversation. */
    public InMemoryClientStore() {
        this(10_000);
    }

    /**
     * An empty store.
     *
     * @param entriesEach how many entries of each conversation are kept, the newest
     * @throws IllegalArgumentException if that is below 1
     */
    public InMemoryClientStore(int entriesEach) {
        if (entriesEach < 1) {
            throw new IllegalArgumentException("entriesEach is " + entriesEach + "; expected 1 or more");
        }
        this.entriesEach = entriesEach;
    }

    @Override
    public Set<String> conversations() {
        return new LinkedHashSet<>(conversations.keySet());
    }

    @Override
    public Position position(String conv) {
        Stored stored = conversations.get(conv);
        return stored == null ? Position.START : stored.position;
    }

    @Override
    public List<Entry> entries(String conv) {
        Stored stored = conversations.get(conv);
        return stored == null ? List.of() : new ArrayList<>(stored.entries.values());
    }

    @Override
    public Optional<Entry> at(String conv, long seq) {
        Stored stored = conversations.get(conv);
        return stored == null ? Optional.empty() : Optional.ofNullable(stored.entries.get(seq));
    }

    @Override
    public void append(String conv, List<Entry> entries) {
        Stored stored = of(conv);
        for (Entry entry : entries) {
            stored.entries.put(entry.position().seq(), entry);
            stored.position = entry.position();
            if (stored.entries.size() > entriesEach) {
                stored.entries.pollFirstEntry();
            }
        }
    }

    @Override
    public void amend(String conv, Entry entry) {
        of(conv).entries.replace(entry.position().seq(), entry);
    }

    @Override
    public void restart(String conv, Position position) {
        of(conv).position = position;
    }

    @Override
    public void discard(String conv) {
        Stored stored = of(conv);
        stored.entries.clear();
        stored.position = Position.START;
    }

    @Override
    public DirectoryCursor directory() {
        return directory;
    }

    @Override
    public void directory(DirectoryCursor cursor) {
        directory = cursor;
    }

    private Stored of(String conv) {
        return conversations.computeIfAbsent(conv, name -> new Stored());
    }

    private static final class Stored {
        private final NavigableMap<Long, Entry> entries = new TreeMap<>();
        private Position position = Position.START;
    }
}
