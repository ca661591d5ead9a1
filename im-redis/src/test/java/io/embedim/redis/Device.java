package io.embedim.redis;

import io.embedim.client.Address;
import io.embedim.client.ChatEvent;
import io.embedim.client.ChatSession;
import io.embedim.client.Content;
import io.embedim.client.Effect;
import io.embedim.client.InMemoryClientStore;
import io.embedim.client.SessionOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** One device of a user that speaks im.v2 by sockets, and goes to another node where one does not answer. For tasks of its executor. */
final class Device {

    /** From the first entry that is still there; quick to doubt. */
    private static final SessionOptions QUICK = new SessionOptions(
            0,
            Duration.ofSeconds(3),
            Duration.ofSeconds(4),
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofMinutes(10));

    final String user;
    final String name;
    final View view;
    private final Ledger ledger;
    private final Sockets sockets;
    private final ScheduledExecutorService thread;
    private final BiFunction<Integer, String, URI> places;
    private final ChatSession session;
    private final InMemoryClientStore store = new InMemoryClientStore();
    private Sockets.@Nullable Socket socket;
    private @Nullable ScheduledFuture<?> wakeUp;
    private int attempts;

    /** Connects to the place of attempt 0, then to that of 1, and so on, with the query that is given. */
    Device(
            String user,
            String name,
            Ledger ledger,
            Sockets sockets,
            ScheduledExecutorService thread,
            BiFunction<Integer, String, URI> places) {
        this.user = user;
        this.name = name;
        this.ledger = ledger;
        this.sockets = sockets;
        this.thread = thread;
        this.places = places;
        this.view = new View(name, ledger);
        this.session = new ChatSession(
                user,
                QUICK,
                store,
                new Random(name.hashCode()),
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    void start() {
        session.start();
        settle();
    }

    void join(String group) {
        session.join(group);
        settle();
    }

    void follow(Address other) {
        session.sync(other);
        settle();
    }

    void speak(Address to, String words) {
        ledger.said(session.speak(to, Content.text(words)), to.asMeantBy(user), words);
        settle();
    }

    void end() {
        session.end();
        settle();
    }

    /** Whether all that was said is answered, and these conversations are up to date. */
    boolean isQuiet(Iterable<String> convs) {
        for (String conv : convs) {
            if (!session.isLive(conv)) {
                return false;
            }
        }
        return session.unanswered() == 0;
    }

    @Override
    public String toString() {
        return name + (session.unanswered() > 0 ? " waits for " + session.unanswered() + " answers" : "");
    }

    private void settle() {
        Effect effect;
        ChatEvent event;
        do {
            while ((effect = session.nextEffect()) != null) {
                carryOut(effect);
            }
            event = session.nextEvent();
            if (event != null) {
                told(event);
            }
        } while (event != null);
        if (wakeUp != null) {
            wakeUp.cancel(false);
        }
        long wake = session.wakeAt();
        if (wake != Long.MAX_VALUE) {
            long delay = Math.max(1, wake - TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
            wakeUp = thread.schedule(
                    () -> {
                        session.tick();
                        settle();
                    },
                    delay,
                    TimeUnit.MILLISECONDS);
        }
    }

    private void carryOut(Effect effect) {
        if (effect instanceof Effect.Connect) {
            URI uri = places.apply(attempts++, "user=" + user + "&device=" + name);
            socket = sockets.connect(uri, "im.v2", new Ear());
        } else if (effect instanceof Effect.Send send && socket != null) {
            socket.send(send.text());
        } else if (effect instanceof Effect.Close && socket != null) {
            socket.close();
            socket = null;
        }
    }

    private final class Ear implements Sockets.Ear {
        @Override
        public void opened() {
            session.opened();
            settle();
        }

        @Override
        public void received(String text) {
            session.received(text);
            settle();
        }

        @Override
        public void closed(int code, String reason) {
            socket = null;
            session.closed(code, reason);
            settle();
        }
    }

    private void told(ChatEvent event) {
        view.told(event);
        if (event instanceof ChatEvent.Acked acked) {
            ledger.acked(acked);
        } else if (event instanceof ChatEvent.Nacked nacked) {
            ledger.found(name + " was refused " + nacked);
        } else if (event instanceof ChatEvent.ResendOffered offer) {
            ledger.offered(offer);
            session.resend(offer.id());
        }
    }
}
