package io.embedim.jakarta;

import io.embedim.connection.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The open connections of one endpoint, and the threads that close them.
 *
 * <p>To close a session can block (Tomcat: as long as it tries to send the close frame), so it is done by daemon threads of our own, which end after a moment without work.
 */
final class Pipes {

    private static final int CLOSERS = 8;
    private static final long IDLE_SECONDS = 2;
    private static final long PATIENCE_SECONDS = 5;
    private static final long AFTER_THE_CORE_MILLIS = 2_000;

    /** Guards the list of open pipes: it goes through the pipes themselves, so that being in it costs no object. */
    private final Object links = new Object();

    private @Nullable Pipe first;
    private int size;
    private final boolean standardApiOnly;
    private volatile @Nullable Found<EncodedSends> encodedSends;
    private volatile @Nullable Found<TyrusSends> tyrusSends;
    private final ThreadPoolExecutor closers;
    private volatile boolean closed;
    private volatile Long blockingSendMillis = 0L;

    Pipes(String name, boolean standardApiOnly) {
        this.standardApiOnly = standardApiOnly;
        AtomicInteger count = new AtomicInteger();
        closers = new ThreadPoolExecutor(
                CLOSERS, CLOSERS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "im-close-" + name + "-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        closers.allowCoreThreadTimeOut(true);
    }

    /**
     * How long a flush of Tomcat's may block, which is not woken by a close: it shall not hold a thread longer than the core has patience, nor end the connection before the core does. One
     * object for all sessions.
     */
    Long blockingSendMillis(Duration writeTime) {
        long millis = writeTime.toMillis() + AFTER_THE_CORE_MILLIS;
        if (blockingSendMillis != millis) {
            blockingSendMillis = millis;
        }
        return blockingSendMillis;
    }

    /** How remotes of Tomcat's take bytes, or null where they do not, or are not asked to. */
    @Nullable
    EncodedSends encodedSends(Class<?> remote) {
        Found<EncodedSends> known = encodedSends;
        if (known == null || known.remote != remote) {
            known = new Found<>(remote, standardApiOnly ? null : EncodedSends.find(remote));
            encodedSends = known;
        }
        return known.way;
    }

    /** How remotes of Tyrus' take bytes, or null as above. */
    @Nullable
    TyrusSends tyrusSends(Class<?> remote) {
        Found<TyrusSends> known = tyrusSends;
        if (known == null || known.remote != remote) {
            known = new Found<>(remote, standardApiOnly ? null : findTyrusSends(remote));
            tyrusSends = known;
        }
        return known.way;
    }

    private static @Nullable TyrusSends findTyrusSends(Class<?> remote) {
        try {
            return remote.getName().startsWith("org.glassfish.tyrus.") ? TyrusSends.find(remote) : null;
        } catch (LinkageError e) {
            // The container keeps its SPI from applications.
            return null;
        }
    }

    Executor closers() {
        return closers;
    }

    boolean isClosed() {
        return closed;
    }

    int size() {
        synchronized (links) {
            return size;
        }
    }

    void add(Pipe pipe) {
        synchronized (links) {
            Pipe second = first;
            pipe.after = second;
            if (second != null) {
                second.before = pipe;
            }
            first = pipe;
            size++;
        }
        if (closed) {
            pipe.end(CloseReason.GOING_AWAY);
        }
    }

    /** Without effect where it is not in. */
    void remove(Pipe pipe) {
        synchronized (links) {
            Pipe before = pipe.before;
            Pipe after = pipe.after;
            if (before == null && first != pipe) {
                return;
            }
            if (before == null) {
                first = after;
            } else {
                before.after = after;
            }
            if (after != null) {
                after.before = before;
            }
            pipe.before = null;
            pipe.after = null;
            size--;
        }
    }

    private List<Pipe> open() {
        synchronized (links) {
            List<Pipe> open = new ArrayList<>(size);
            for (Pipe pipe = first; pipe != null; pipe = pipe.after) {
                open.add(pipe);
            }
            return open;
        }
    }

    /** Closes all connections with 4001 and stops the threads; waits a few seconds for both. A second call does nothing. */
    synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (Pipe pipe : open()) {
            pipe.end(CloseReason.GOING_AWAY);
        }
        closers.shutdown();
        try {
            if (!closers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                closers.shutdownNow();
            }
        } catch (InterruptedException e) {
            closers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** What was found out about the container's remotes, which are all of one class. */
    private record Found<T>(Class<?> remote, @Nullable T way) {}
}
