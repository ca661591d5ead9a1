package io.embedim.testkit.conformance;

import io.embedim.testkit.JsonValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One client in a replay: what it must get and what it got. Guarded by the replay's monitor. */
final class ReplayClient implements ConformanceTransport.Inbox {

    private final Object monitor;
    private final String name;
    private final List<ConformanceCase.Expected> expected;
    /** Texts, and an {@link Integer} close code at the end. */
    private final List<Object> events = new ArrayList<>();

    private ConformanceTransport.@Nullable Client connection;
    private boolean closedByItself;
    private boolean closedByServer;

    ReplayClient(Object monitor, String name, List<ConformanceCase.Expected> expected) {
        this.monitor = monitor;
        this.name = name;
        this.expected = new ArrayList<>(expected);
    }

    void connected(ConformanceTransport.Client client) {
        connection = client;
    }

    /** Where to send, or null where the connection is at its end. */
    ConformanceTransport.@Nullable Client open() {
        synchronized (monitor) {
            return closedByItself || closedByServer ? null : connection;
        }
    }

    void closesItself() {
        synchronized (monitor) {
            closedByItself = true;
        }
    }

    /** Adds what is expected as an answer to the pings at the end. */
    void expect(int after, JsonNode frame) {
        synchronized (monitor) {
            expected.add(new ConformanceCase.Expected(after, frame));
        }
    }

    /** Behind the own close, what was under way still comes, or not: the server has not seen it yet. A client does not look at it. */
    @Override
    public void received(String text) {
        synchronized (monitor) {
            if (!closedByItself) {
                events.add(text);
                monitor.notifyAll();
            }
        }
    }

    @Override
    public void closed(int code) {
        synchronized (monitor) {
            if (!closedByItself && !closedByServer) {
                closedByServer = true;
                events.add(code);
                monitor.notifyAll();
            }
        }
    }

    boolean hasAllUpTo(int step) {
        return events.size() >= countUpTo(step);
    }

    /** What is wrong so far, or empty. */
    Optional<String> wrongAfter(int step) {
        int due = countUpTo(step);
        for (int i = 0; i < Math.min(due, events.size()); i++) {
            Optional<String> wrong = wrong(expected.get(i), events.get(i));
            if (wrong.isPresent()) {
                return Optional.of("client " + name + ", event " + i + ": " + wrong.get());
            }
        }
        if (events.size() < due) {
            return Optional.of("client " + name + " did not get " + describe(expected.get(events.size())));
        }
        if (events.size() > due) {
            return Optional.of("client " + name + " got what nothing has caused: " + describe(events.get(due)));
        }
        return Optional.empty();
    }

    private int countUpTo(int step) {
        return (int) expected.stream().takeWhile(event -> event.after() <= step).count();
    }

    private static Optional<String> wrong(ConformanceCase.Expected expected, Object actual) {
        JsonNode frame = expected.frame();
        if (frame == null || !(actual instanceof String text)) {
            boolean bothEnd = frame == null && actual instanceof Integer;
            return bothEnd
                    ? Optional.empty()
                    : Optional.of("expected " + describe(expected) + " but was " + describe(actual));
        }
        return JsonValues.difference(frame, JsonValues.read(text), Wildcards::matches)
                .map(difference -> difference + "\n  expected: " + frame + "\n  actual:   " + text);
    }

    private static String describe(ConformanceCase.Expected expected) {
        return expected.frame() == null
                ? "the end of its connection"
                : expected.frame().toString();
    }

    private static String describe(Object event) {
        return event instanceof Integer code ? "the end of its connection, code " + code : event.toString();
    }
}
