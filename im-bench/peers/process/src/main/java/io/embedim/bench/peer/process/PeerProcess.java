package io.embedim.bench.peer.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;

/** The process of a peer: prints {@code ready peer=… port=… pid=…} when clients can come, and ends when its standard input does, so no server outlives who measures it. */
public final class PeerProcess {

    private static final int HIGHEST_PORT = 65_535;

    private PeerProcess() {}

    /**
     * Runs a peer until standard input ends.
     *
     * @param name what the peer is called in results
     * @param args the arguments of {@code main}: a port, or nothing for any free port
     * @param peer what to start
     * @throws Exception if it does not start
     */
    public static void run(String name, String[] args, Peer peer) throws Exception {
        PrintStream out = System.out;
        // Some servers greet with a banner there.
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        int port = peer.start(portOf(name, args));
        System.setOut(out);
        // At once, so that nobody reads half of it.
        out.println("ready peer=" + name + " port=" + port + " pid="
                + ProcessHandle.current().pid());
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    /**
     * For servers that cannot tell which free port they got: finds one beforehand.
     *
     * @param port a port, or 0
     * @return the port, or one that was free a moment ago
     */
    public static int freeIfZero(int port) {
        if (port != 0) {
            return port;
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on the loopback address", e);
        }
    }

    private static int portOf(String name, String[] args) {
        if (args.length == 0) {
            return 0;
        }
        if (args.length == 1 && args[0].matches("\\d{1,5}") && Integer.parseInt(args[0]) <= HIGHEST_PORT) {
            return Integer.parseInt(args[0]);
        }
        System.err.println(name + ": expected one port from 0 to " + HIGHEST_PORT + " (0: any free one); came '"
                + String.join(" ", args) + "'");
        System.exit(2);
        return 0;
    }
}
