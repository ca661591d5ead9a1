package io.embedim.bench;

import io.embedim.ImServer;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Connection;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.connection.OutboundFrame;
import io.embedim.connection.WriteCallback;
import java.util.ArrayList;
import java.util.List;

/**
 * What a session costs in the core: heap per session, and the time to open, bind, join and close one, with few and with many sessions there. Each session is bound to a user of its own and
 * is in one group of 100.
 *
 * <p>{@code java -Xmx6g -cp im-bench/target/im-bench.jar io.embedim.bench.SessionFootprint 1000000}
 */
public final class SessionFootprint {

    private static final int STEP = 10_000;

    /** One for all: what a connection costs outside the core is not measured here. */
    private static final Connection SINK = new Sink();

    private SessionFootprint() {}

    /**
     * Measures.
     *
     * @param args how many sessions
     */
    public static void main(String[] args) {
        int sessions = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        Handshake handshake = Handshake.at("/im").build();
        try (ImServer server = ImServer.builder().classicProfile().build()) {
            List<Inbound> open = new ArrayList<>(sessions);
            warmUp(server, handshake);
            long before = usedHeap();
            long firstNanos = 0;
            long lastNanos = 0;
            for (int begun = 0; begun < sessions; begun += STEP) {
                long start = System.nanoTime();
                for (int i = begun; i < begun + STEP; i++) {
                    open.add(open(server, handshake, i));
                }
                lastNanos = System.nanoTime() - start;
                if (begun == STEP) {
                    firstNanos = lastNanos;
                }
            }
            long used = usedHeap() - before;
            System.out.printf(
                    "sessions %,d: %,d bytes of heap each (references of this program: 4)%n",
                    open.size(), used / open.size());
            System.out.printf(
                    "open + bind + join: %,d ns each at %,d sessions, %,d ns each at %,d%n",
                    firstNanos / STEP, 2 * STEP, lastNanos / STEP, sessions);
            long start = System.nanoTime();
            for (int i = 0; i < STEP; i++) {
                open.get(i).closed(CloseReason.NORMAL, null);
            }
            System.out.printf("close: %,d ns each at %,d sessions%n", (System.nanoTime() - start) / STEP, sessions);
            for (int i = STEP; i < open.size(); i++) {
                open.get(i).closed(CloseReason.NORMAL, null);
            }
            System.out.printf(
                    "after closing all: %,d connections, %s%n",
                    server.connections(),
                    server.sessions().counts().toCompletableFuture().join());
        }
    }

    private static void warmUp(ImServer server, Handshake handshake) {
        for (int i = 0; i < 2 * STEP; i++) {
            open(server, handshake, i).closed(CloseReason.NORMAL, null);
        }
    }

    private static Inbound open(ImServer server, Handshake handshake, int number) {
        Inbound inbound = server.open(SINK, handshake);
        String from = ",\"from_user_id\":\"u" + number + "\",\"from_username\":\"name\",\"content\":\"c\"}";
        inbound.received("{\"event\":\"join\",\"mode\":1,\"group_id\":0" + from, true);
        inbound.received("{\"event\":\"join\",\"mode\":2,\"group_id\":" + (1 + number / 100) + from, true);
        return inbound;
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }

    /** Takes everything at once. */
    private static final class Sink implements Connection {

        @Override
        public void write(List<OutboundFrame> frames, boolean mayBlock, WriteCallback callback) {
            callback.completed(null);
        }

        @Override
        public void close(CloseReason reason) {}
    }
}
