package io.embedim.internal.v2;

import io.embedim.model.UserId;
import io.embedim.monitor.Backend;
import io.embedim.runtime.ImRuntime;
import io.embedim.session.Presence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Tells connections when users whom they watch come and go (docs/protocol-v2.md V-NOTE 6). Looks at everybody who is watched on this node in rounds, with one question to the session
 * store at a time: so the load is the same however many watch, and what many watch is asked once. Safe for use by any thread.
 */
final class Onlookers {

    /** From the end of a round to the beginning of the next. */
    static final Duration PAUSE = Duration.ofSeconds(5);

    private final Presence presence;
    private final ImRuntime runtime;
    private final Host host;
    private final Map<UserId, Watched> users = new HashMap<>(); // Guarded by this, as are the next two.
    private final Map<Dialogue, List<UserId>> watches = new HashMap<>();
    private boolean looking;

    /** Somebody who is watched, by whom, and what those have been told. */
    private static final class Watched {
        final Map<Dialogue, Boolean> told = new HashMap<>(2);
        boolean away;
    }

    Onlookers(V2Config config, Host host) {
        this.presence = new Presence(config.sessions());
        this.runtime = config.runtime();
        this.host = host;
    }

    /**
     * From now on a connection watches these, and no others.
     *
     * @param online who of them is online, as it has been told
     */
    synchronized void watch(Dialogue dialogue, Map<UserId, Boolean> online) {
        forget(dialogue);
        if (online.isEmpty()) {
            return;
        }
        watches.put(dialogue, List.copyOf(online.keySet()));
        online.forEach((user, told) ->
                users.computeIfAbsent(user, one -> new Watched()).told.put(dialogue, told));
        if (!looking) {
            looking = true;
            pause();
        }
    }

    /** A connection watches nobody any more. */
    synchronized void forget(Dialogue dialogue) {
        List<UserId> before = watches.remove(dialogue);
        if (before == null) {
            return;
        }
        for (UserId user : before) {
            users.computeIfPresent(user, (key, watched) -> {
                watched.told.remove(dialogue);
                return watched.told.isEmpty() ? null : watched;
            });
        }
    }

    private void pause() {
        runtime.schedule(() -> runtime.executor().execute(this::look), PAUSE);
    }

    private void look() {
        List<UserId> all;
        synchronized (this) {
            looking = !users.isEmpty();
            if (!looking) {
                return;
            }
            all = List.copyOf(users.keySet());
        }
        look(all.iterator(), new HashMap<>());
    }

    private void look(Iterator<UserId> rest, Map<Dialogue, List<Person>> news) {
        while (rest.hasNext()) {
            UserId user = rest.next();
            CompletionStage<?> asked = host.ask(
                    Backend.SESSIONS,
                    () -> presence.isOnline(user),
                    online -> {
                        seen(user, online, news);
                        return null;
                    },
                    failure -> {}); // Asked again in the next round.
            if (asked != null && !asked.toCompletableFuture().isDone()) {
                asked.whenComplete((done, failure) -> runtime.executor().execute(() -> look(rest, news)));
                return;
            }
        }
        news.forEach((dialogue, people) -> {
            if (isWatching(dialogue)) {
                dialogue.link().send(Frames.presence(null, people));
            }
        });
        pause();
    }

    private synchronized boolean isWatching(Dialogue dialogue) {
        return watches.containsKey(dialogue);
    }

    /** Who has gone is told when it has been away for two rounds: most come back at once. */
    private synchronized void seen(UserId user, boolean online, Map<Dialogue, List<Person>> news) {
        Watched watched = users.get(user);
        if (watched == null) {
            return;
        }
        boolean justGone = !online && !watched.away;
        watched.away = !online;
        if (justGone) {
            return;
        }
        watched.told.replaceAll((dialogue, before) -> {
            if (before != online) {
                news.computeIfAbsent(dialogue, one -> new ArrayList<>()).add(new Person(user, null, online));
            }
            return online;
        });
    }
}
