package io.embedim.client;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ChatSession} with a socket and a thread, for bots and tests; on the Jakarta WebSocket client API, whose implementation the application brings.
 *
 * <p><b>Lifecycle.</b> {@link #connect} returns at once; the client connects, and comes back after failures, until {@link #close()} or {@link ChatEvent.Ended}.
 *
 * <p><b>Threads.</b> Any thread may call. The session and the listener run on the client's one thread; connecting blocks it. The listener must not wait there for
 * {@link #say}.
 *
 * <p><b>Limits.</b> What the user does waits in memory while there is no connection; one action of each conversation is on its way at a time.
 *
 * <p><b>Failure.</b> What the listener throws ends up at the thread's uncaught exception handler and does not stop the client.
 */
public final class ChatClient implements AutoCloseable {

    private final ChatSession session;
    private final BiConsumer<ChatClient, ChatEvent> listener;
    private final ScheduledExecutorService executor;
    private final boolean ownsExecutor;
    private final Wire wire;
    private final Map<String, CompletableFuture<ChatEvent.Acked>> waiting = new HashMap<>();
    private @Nullable ScheduledFuture<?> wakeUp;
    private boolean ended;

    private ChatClient(URI uri, ClientOptions options, BiConsumer<ChatClient, ChatEvent> listener) {
        this.listener = listener;
        ScheduledExecutorService given = options.executor();
        ownsExecutor = given == null;
        executor = given != null ? given : ownThread(options.user());
        session = new ChatSession(
                options.user(),
                options.session(),
                options.store(),
                new java.security.SecureRandom(),
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
        if (options.ticket() != null) {
            session.proveWith(options.ticket());
        }
        wire = new Wire(uri, options, this::run, session);
    }

    /**
     * Starts a client.
     *
     * @param uri the endpoint, {@code ws:} or {@code wss:}; the device is added to its query
     * @param options who the client is
     * @param listener hears all events, with the client that they are of, on the client's thread
     * @return a client that is connecting
     */
    public static ChatClient connect(URI uri, ClientOptions options, BiConsumer<ChatClient, ChatEvent> listener) {
        ChatClient client = new ChatClient(uri, options, listener);
        client.run(client.session::start);
        return client;
    }

    /**
     * Does something with the session on the client's thread.
     *
     * @param action what; it may call any of the user's methods, and none of the driver's
     * @param <T> what comes of it
     * @return its result; fails where the client is closed
     */
    public <T> CompletableFuture<T> with(Function<ChatSession, T> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        boolean taken = run(() -> {
            try {
                if (ended) {
                    throw new ChatRefused(0, "the client has ended");
                }
                result.complete(action.apply(session));
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        if (!taken) {
            result.completeExceptionally(new ChatRefused(0, "the client is closed"));
        }
        return result;
    }

    /**
     * Says something.
     *
     * @param to where
     * @param content what
     * @return completes when the server has it; fails with {@link ChatRefused} where it will not, or where nobody knows any more
     */
    public CompletableFuture<ChatEvent.Acked> speak(Address to, Content content) {
        CompletableFuture<ChatEvent.Acked> acked = new CompletableFuture<>();
        CompletableFuture<?> ignored = with(open -> {
                    waiting.put(open.speak(to, content), acked);
                    return true;
                })
                .exceptionally(failure -> {
                    acked.completeExceptionally(failure);
                    return false;
                });
        return acked;
    }

    /**
     * Says words and waits until the server has them.
     *
     * @param to where
     * @param words what
     * @param patience how long to wait; what takes longer may still be said
     * @return where they stand
     * @throws ChatRefused if the server will not, or does not answer in time
     */
    public ChatEvent.Acked say(Address to, String words, Duration patience) {
        try {
            return speak(to, Content.text(words)).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChatRefused(0, "interrupted while waiting; it may still be said");
        } catch (TimeoutException e) {
            throw new ChatRefused(0, "no answer within " + patience + "; it may still be said");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ChatRefused refused ? refused : new ChatRefused(0, String.valueOf(e));
        }
    }

    /** Ends the session and lets go of the socket and of the thread, unless that was given. Does not wait. */
    @Override
    public void close() {
        run(session::end);
    }

    /** Whether the task will run. Behind each the session's effects are carried out. */
    private boolean run(Runnable task) {
        try {
            executor.execute(() -> {
                task.run();
                settle();
            });
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void settle() {
        wire.carryOut();
        for (ChatEvent event = session.nextEvent(); event != null; event = session.nextEvent()) {
            told(event);
        }
        wire.carryOut();
        if (wakeUp != null) {
            wakeUp.cancel(false);
        }
        long wake = session.wakeAt();
        if (wake != Long.MAX_VALUE && !ended) {
            long delay = Math.max(0, wake - TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
            wakeUp = executor.schedule(() -> run(session::tick), delay, TimeUnit.MILLISECONDS);
        }
    }

    private void told(ChatEvent event) {
        if (event instanceof ChatEvent.Acked acked) {
            CompletableFuture<ChatEvent.Acked> waits = waiting.remove(acked.id());
            if (waits != null) {
                waits.complete(acked);
            }
        } else if (event instanceof ChatEvent.Nacked nacked) {
            fail(nacked.id(), new ChatRefused(nacked.code(), nacked.reason()));
        } else if (event instanceof ChatEvent.ResendOffered offer) {
            fail(offer.id(), new ChatRefused(0, "nobody knows whether it was said"));
        } else if (event instanceof ChatEvent.Ended over) {
            ended = true;
            waiting.values()
                    .forEach(waits -> waits.completeExceptionally(new ChatRefused(0, "ended with " + over.code())));
            waiting.clear();
        }
        try {
            listener.accept(this, event);
        } catch (RuntimeException e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
        if (ended && ownsExecutor) {
            executor.shutdown();
        }
    }

    private void fail(String id, ChatRefused why) {
        CompletableFuture<ChatEvent.Acked> waits = waiting.remove(id);
        if (waits != null) {
            waits.completeExceptionally(why);
        }
    }

    private static ScheduledExecutorService ownThread(String user) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "im-client-" + user);
            thread.setDaemon(true);
            return thread;
        });
    }
}
