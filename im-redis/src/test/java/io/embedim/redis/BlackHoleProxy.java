package io.embedim.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and Redis. It can swallow what comes on connections that hear, which stay up; and it can cut all. */
final class BlackHoleProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger generation = new AtomicInteger();
    private volatile int target;
    private volatile int swallowed = -1;
    private volatile boolean refuses;

    BlackHoleProxy(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    String uri() {
        return "redis://127.0.0.1:" + listener.getLocalPort();
    }

    /** From now on nothing arrives on the connections that have subscribed so far; later ones work. */
    void swallow() {
        swallowed = generation.getAndIncrement();
    }

    /** Cuts all connections, and takes no new ones until told. */
    void cut() {
        refuses = true;
        open.forEach(BlackHoleProxy::close);
        open.clear();
    }

    /** Later connections go to another Redis. */
    void aim(int port) {
        target = port;
    }

    void mend() {
        refuses = false;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            if (refuses) {
                close(client);
            } else {
                open.add(client);
                start(() -> join(client, generation.get()));
            }
        }
    }

    private void join(Socket client, int born) throws IOException {
        boolean[] hears = new boolean[1];
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            start(() -> pump(server, client, born, hears, false));
            pump(client, server, born, hears, true);
        }
    }

    private void pump(Socket from, Socket to, int born, boolean[] hears, boolean toServer) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (toServer
                        && new String(buffer, 0, read, StandardCharsets.ISO_8859_1)
                                .toUpperCase(Locale.ROOT)
                                .contains("SUBSCRIBE")) {
                    hears[0] = true;
                }
                if (!hears[0] || born > swallowed) {
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

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
