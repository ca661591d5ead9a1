package io.embedim.examples.storm;

import io.embedim.client.ChatEvent;
import io.embedim.client.ChatSession;
import io.embedim.client.Effect;
import io.embedim.client.InMemoryClientStore;
import io.embedim.client.SessionOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A {@link ChatSession} on a socket of the JDK, which is small; thousands of them share one thread, on which everything here happens. */
final class StormClient {

    private static final SessionOptions OPTIONS = new SessionOptions(
            0,
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(4),
            Duration.ofMinutes(10));

    final InMemoryClientStore store = new InMemoryClientStore();
    final ChatSession session;
    /** What was shown, in this order. */
    final List<String> shown = new ArrayList<>();
    /** What is no news: resets, faults, refusals. */
    final List<String> troubles = new ArrayList<>();

    private final HttpClient http;
    private final URI uri;
    private final String group;
    private final Executor thread;
    private final Queue<String> outbox = new ArrayDeque<>();
    private @Nullable WebSocket socket;
    private int sockets;
    private boolean sending;
    private boolean joined;

    StormClient(HttpClient http, URI endpoint, String user, String group, Executor thread) {
        this.group = group;
        this.http = http;
        this.uri = URI.create(endpoint + "?user=" + user + "&device=phone");
        this.thread = thread;
        this.session = new ChatSession(
                user,
                OPTIONS,
                store,
                new Random(user.hashCode()),
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    boolean isDue(long now) {
        return session.wakeAt() <= now;
    }

    /** Carries out what the session wants, after each of its methods. */
    void settle() {
        for (Effect effect = session.nextEffect(); effect != null; effect = session.nextEffect()) {
            if (effect instanceof Effect.Connect) {
                connect();
            } else if (effect instanceof Effect.Send send) {
                outbox.add(send.text());
                sendNext();
            } else {
                cut();
            }
        }
        for (ChatEvent event = session.nextEvent(); event != null; event = session.nextEvent()) {
            if (event instanceof ChatEvent.Connected && !joined) {
                joined = true;
                String ignored = session.join(group);
                settle();
            } else if (event instanceof ChatEvent.Shown now) {
                shown.add(now.entry().content().text());
            } else if (event instanceof ChatEvent.Reset
                    || event instanceof ChatEvent.Trimmed
                    || event instanceof ChatEvent.Nacked
                    || event instanceof ChatEvent.Gone
                    || event instanceof ChatEvent.Ended) {
                troubles.add(event.toString());
            }
        }
    }

    /** The network is gone: the server sees no close frame, and the session comes back when it sees fit. */
    void lose() {
        cut();
        session.closed(1006, "");
        settle();
    }

    private void cut() {
        sockets++;
        outbox.clear();
        sending = false;
        if (socket != null) {
            socket.abort();
            socket = null;
        }
    }

    private void connect() {
        int mine = ++sockets;
        CompletableFuture<?> ignored = http.newWebSocketBuilder()
                .subprotocols("im.v2")
                .connectTimeout(Duration.ofSeconds(60))
                .buildAsync(uri, new Ear(mine))
                .handle((open, failure) -> {
                    if (failure != null) {
                        thread.execute(() -> failed(mine, failure));
                    }
                    return failure == null;
                });
    }

    private void opened(int number, WebSocket open) {
        if (number == sockets) {
            socket = open;
            session.opened();
            settle();
        } else {
            open.abort();
        }
    }

    private void failed(int number, Throwable failure) {
        if (number == sockets) {
            troubles.add("no connection: " + failure);
            session.closed(1006, "");
            settle();
        }
    }

    private void sendNext() {
        if (!sending && socket != null && !outbox.isEmpty()) {
            sending = true;
            int mine = sockets;
            CompletableFuture<?> ignored = socket.sendText(outbox.remove(), true)
                    .whenCompleteAsync(
                            (sent, failure) -> {
                                if (mine == sockets) {
                                    sending = false;
                                    sendNext();
                                }
                            },
                            thread);
        }
    }

    /** Puts parts together; the next one is asked for when this one was taken. */
    private final class Ear implements WebSocket.Listener {

        private final int number;
        private final StringBuilder message = new StringBuilder();

        Ear(int number) {
            this.number = number;
        }

        /** Here and not when the future completes: the first text may be earlier. */
        @Override
        public void onOpen(WebSocket open) {
            thread.execute(() -> opened(number, open));
            open.request(1);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                String text = message.toString();
                message.setLength(0);
                thread.execute(() -> {
                    if (number == sockets) {
                        session.received(text);
                        settle();
                    }
                });
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            ended(code, reason);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            ended(1006, "");
        }

        private void ended(int code, String reason) {
            thread.execute(() -> {
                if (number == sockets) {
                    troubles.add("closed with " + code + " " + reason);
                    cut();
                    session.closed(code, reason);
                    settle();
                }
            });
        }
    }
}
