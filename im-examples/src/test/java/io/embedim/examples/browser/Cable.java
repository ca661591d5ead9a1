package io.embedim.examples.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A network between browsers and a server on this machine, which can be cut and mended; or several servers, of which the first that is there gets each connection, as by a load balancer. */
final class Cable implements AutoCloseable {

    private final int[] far;
    private final ServerSocket near;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "cable");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean whole = true;

    Cable(int... far) {
        this.far = far.clone();
        try {
            this.near = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + near.getLocalPort() + "/";
    }

    /** All connections end, and new ones end at once. */
    void cut() {
        whole = false;
        sockets.forEach(Cable::end);
        sockets.clear();
    }

    void mend() {
        whole = true;
    }

    private void accept() {
        while (!near.isClosed()) {
            try {
                Socket one = near.accept();
                if (!whole) {
                    end(one);
                    continue;
                }
                Socket other = reach(one);
                sockets.add(one);
                sockets.add(other);
                threads.execute(() -> pipe(one, other));
                threads.execute(() -> pipe(other, one));
            } catch (IOException e) {
                // Closed, or the server is away: the browser comes again.
            }
        }
    }

    private Socket reach(Socket near) throws IOException {
        for (int port : far) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), port);
            } catch (IOException e) {
                // The next one, then.
            }
        }
        end(near);
        throw new IOException("none of the servers is there");
    }

    private void pipe(Socket from, Socket to) {
        byte[] buffer = new byte[16_384];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
        } catch (IOException e) {
            // One end is gone, so both are.
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It has ended.
        }
    }

    @Override
    public void close() {
        try {
            near.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            cut();
            threads.shutdownNow();
        }
    }
}
