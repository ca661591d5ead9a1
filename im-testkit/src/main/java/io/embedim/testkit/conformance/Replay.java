package io.embedim.testkit.conformance;

import io.embedim.testkit.JsonValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** One replay of one case. */
final class Replay {

    private static final String PING = "{\"event\":\"ping\"}";
    private static final JsonNode PONG = JsonValues.read("{\"code\":0,\"msg\":\"心跳检测\",\"data\":[]}");

    private final Object monitor = new Object();
    private final Map<String, ReplayClient> clients = new LinkedHashMap<>();
    private final ConformanceCase played;
    private final ConformanceTransport transport;

    Replay(ConformanceCase played, ConformanceTransport transport) {
        this.played = played;
        this.transport = transport;
    }

    void run() {
        try {
            for (int i = 0; i < played.steps().size(); i++) {
                perform(played.steps().get(i));
                await(i, "step " + i + " " + played.steps().get(i));
            }
            // The first round proves that every frame has been handled; the second that what this put on the way to
            // others has come.
            ping(played.steps().size(), "a first ping at the end");
            ping(played.steps().size() + 1, "a second ping at the end");
        } finally {
            clients.values().forEach(this::close);
            transport.settle();
        }
    }

    private void perform(ConformanceCase.Step step) {
        switch (step.action()) {
            case OPEN -> open(step.client());
            case SEND -> {
                ConformanceTransport.Client open = client(step.client()).open();
                if (open != null) {
                    open.send(step.text());
                }
            }
            case CLOSE -> close(client(step.client()));
        }
    }

    private void open(String name) {
        ReplayClient client = new ReplayClient(monitor, name, played.expected().getOrDefault(name, List.of()));
        if (clients.putIfAbsent(name, client) != null) {
            throw new IllegalStateException(played + " opens client " + name + " twice");
        }
        client.connected(transport.open(client));
    }

    private ReplayClient client(String name) {
        ReplayClient client = clients.get(name);
        if (client == null) {
            throw new IllegalStateException(played + " has a step of client " + name + " before it opens");
        }
        return client;
    }

    private void close(ReplayClient client) {
        ConformanceTransport.Client open = client.open();
        if (open != null) {
            client.closesItself();
            open.close();
        }
    }

    private void ping(int step, String what) {
        for (ReplayClient client : clients.values()) {
            ConformanceTransport.Client open = client.open();
            if (open != null) {
                client.expect(step, PONG);
                open.send(PING);
            }
        }
        await(step, what);
    }

    private void await(int step, String what) {
        transport.settle();
        synchronized (monitor) {
            try {
                waitForAllUpTo(step);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            for (ReplayClient client : clients.values()) {
                Optional<String> wrong = client.wrongAfter(step);
                if (wrong.isPresent()) {
                    throw new AssertionError(
                            played.name() + " (" + played.about() + "), after " + what + ": " + wrong.get());
                }
            }
        }
    }

    private void waitForAllUpTo(int step) throws InterruptedException {
        long deadline = System.nanoTime() + transport.patience().toNanos();
        synchronized (monitor) {
            while (!clients.values().stream().allMatch(client -> client.hasAllUpTo(step))) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    return;
                }
                monitor.wait(left);
            }
        }
    }
}
