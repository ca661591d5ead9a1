package io.embedim.bench.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.embedim.ImServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Tells a script how the server is, on a port of its own: {@code GET /stats}, {@code GET /gc} (the same after a collection), {@code GET /reset} (counts from here). */
final class Control {

    private final HttpServer http;
    private final ImServer server;
    private final Closes closes;

    Control(ImServer server, Closes closes) throws IOException {
        this.server = server;
        this.closes = closes;
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/stats", this::answer);
        http.createContext("/gc", exchange -> {
            collect();
            answer(exchange);
        });
        http.createContext("/reset", exchange -> {
            closes.reset();
            answer(exchange);
        });
    }

    /** Answers from now on, on the port that this returns. */
    int start() {
        http.start();
        return http.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        byte[] body = ("{\"connections\":" + server.connections() + ",\"heap_bytes\":" + heap + ",\"threads\":"
                        + threads + ",\"closed\":" + closes.json() + "}\n")
                .getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static void collect() {
        ManagementFactory.getMemoryMXBean().gc();
    }
}
