package io.embedim.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Stands between a driver and PostgreSQL, and does one evil thing at the next commit, if the driver sends that as text ({@code prepareThreshold=0}). */
final class CuttingProxy implements AutoCloseable {

    /** What to do at the next commit. */
    enum Evil {
        NONE,
        /** The commit does not reach the server. */
        CUT_BEFORE,
        /** The server commits, and its answer is lost. */
        CUT_AFTER,
        /** The commit does not reach the server, and nobody says so. */
        HANG
    }

    private static final String COMMIT = "COMMIT";

    private final ServerSocket listener;
    private final int target;
    private final AtomicReference<Evil> next = new AtomicReference<>(Evil.NONE);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    CuttingProxy(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    void atNextCommit(Evil evil) {
        next.set(evil);
    }

    boolean isDone() {
        return next.get() == Evil.NONE;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            open.add(client);
            start(() -> join(client));
        }
    }

    private void join(Socket client) throws IOException {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            AtomicReference<Evil> evil = new AtomicReference<>(Evil.NONE);
            start(() -> pump(server, client, evil, false));
            pump(client, server, evil, true);
        }
    }

    /** One way; what passes in one read is small enough to be looked at as a whole. */
    private void pump(Socket from, Socket to, AtomicReference<Evil> evil, boolean toServer) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                boolean commits = new String(buffer, 0, read, StandardCharsets.ISO_8859_1).contains(COMMIT);
                if (toServer && commits) {
                    evil.set(next.getAndSet(Evil.NONE));
                }
                if (evil.get() == Evil.CUT_BEFORE || (evil.get() == Evil.CUT_AFTER && !toServer && commits)) {
                    return;
                } else if (evil.get() == Evil.NONE || (evil.get() == Evil.CUT_AFTER && toServer)) {
                    out.write(buffer, 0, read);
                    out.flush();
                }
            }
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void start(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                // A socket that was closed: the end of this task.
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
