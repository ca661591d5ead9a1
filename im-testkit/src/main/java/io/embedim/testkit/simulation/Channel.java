package io.embedim.testkit.simulation;

import io.embedim.connection.CloseReason;
import io.embedim.connection.Connection;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.connection.OutboundFrame;
import io.embedim.connection.WriteCallback;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One connection through a simulated network: in order in each direction, with delays, and broken at any byte, in silence, or by either side. */
final class Channel implements Connection {

    private static final int LOST = 1006;
    private static final int BUFFER = 16_384;
    private static final long SECOND = 1_000_000_000L;

    /** The client's end. */
    interface Ear {

        void opened();

        void received(String text);

        void closed(int code, String reason);
    }

    private final VirtualTime time;
    private final SplittableRandom random;
    private final long latency;
    private final Deque<String> up = new ArrayDeque<>();
    private final Deque<String> down = new ArrayDeque<>();
    private final Fleet.Node node;
    private final WireRules rules;
    private @Nullable Ear ear;
    private @Nullable Inbound inbound;
    private @Nullable WriteCallback held;
    private long lastUp;
    private long lastDown;
    private long slowUntil;
    private int buffered;
    private boolean silent;
    private boolean broken;

    Channel(VirtualTime time, SplittableRandom random, long latencyNanos, Ear ear, Fleet.Node node, WireRules rules) {
        this.time = time;
        this.random = random;
        this.latency = latencyNanos;
        this.ear = ear;
        this.node = node;
        this.rules = rules;
    }

    /** What this connection may carry. */
    WireRules rules() {
        return rules;
    }

    void connect(Handshake handshake) {
        SimulatedServer server = node.server();
        if (server == null) {
            refuse();
            return;
        }
        time.after(delay() + standstill(), () -> {
            if (broken || silent || ear == null || node.server() != server) {
                return;
            }
            lastDown = time.nanos() + delay();
            time.inOrder(lastDown - time.nanos(), () -> {
                if (ear != null && !silent) {
                    ear.opened();
                }
            });
            inbound = server.open(this, handshake);
            if (broken) {
                inbound.closed(CloseReason.LOST, null);
            }
        });
    }

    private void refuse() {
        broken = true;
        time.after(delay(), () -> tellClosed(LOST, ""));
    }

    void send(String text) {
        if (broken || silent) {
            return;
        }
        up.add(text);
        lastUp = Math.max(lastUp + 1, time.nanos() + delay());
        time.inOrder(lastUp - time.nanos(), this::arriveUp);
    }

    private void arriveUp() {
        if (standstill() > 0) {
            time.inOrder(standstill(), this::arriveUp);
            return;
        }
        String text = up.poll();
        Inbound to = inbound;
        if (text == null || to == null) {
            return;
        }
        if (text.length() > 1 && random.nextInt(8) == 0) {
            int cut = 1 + random.nextInt(text.length() - 1);
            to.received(text.substring(0, cut), false);
            to.received(text.substring(cut), true);
        } else {
            to.received(text, true);
        }
    }

    @Override
    public void write(List<OutboundFrame> frames, boolean mayBlock, WriteCallback callback) {
        if (broken) {
            time.after(delay(), () -> callback.completed(new IOException("the connection is broken")));
            return;
        }
        for (OutboundFrame frame : frames) {
            if (frame == OutboundFrame.PING) {
                time.after(2 * delay(), this::pong);
                continue;
            }
            buffered += frame.text().length();
            if (!silent) {
                down.add(frame.text());
                lastDown = Math.max(lastDown + 1, time.nanos() + delay());
                time.inOrder(lastDown - time.nanos(), this::arriveDown);
            }
        }
        if (buffered > BUFFER) {
            held = callback;
        } else if (random.nextInt(4) > 0) {
            callback.completed(null);
        } else {
            time.after(random.nextInt(1_000_000), () -> callback.completed(null));
        }
    }

    private void pong() {
        if (inbound != null && !silent && !broken && time.nanos() >= slowUntil) {
            inbound.alive();
        }
    }

    private void arriveDown() {
        if (broken || silent) {
            return;
        }
        if (time.nanos() < slowUntil) {
            time.inOrder(slowUntil - time.nanos(), this::arriveDown);
            return;
        }
        String text = down.poll();
        if (text == null) {
            return;
        }
        buffered -= text.length();
        WriteCallback waits = held;
        if (waits != null && buffered <= BUFFER) {
            held = null;
            time.after(0, () -> waits.completed(null));
        }
        if (ear != null) {
            ear.received(text);
        }
    }

    /** The client does not read for a while. */
    void slow(long millis) {
        slowUntil = time.nanos() + millis * 1_000_000;
    }

    void heal() {
        slowUntil = Math.min(slowUntil, time.nanos());
    }

    /** The connection breaks: of what is under way a part arrives, which may end within a message. */
    void cut() {
        if (broken || silent) {
            return;
        }
        broken = true;
        Inbound to = inbound;
        if (to != null) {
            int left = prefix(up);
            while (!up.isEmpty() && up.element().length() <= left) {
                String whole = up.remove();
                left -= whole.length();
                to.received(whole, true);
            }
            if (!up.isEmpty() && left > 0) {
                to.received(up.element().substring(0, left), false);
            }
            up.clear();
            time.after(delay(), () -> to.closed(CloseReason.LOST, null));
        }
        cutDown();
    }

    private void cutDown() {
        int left = prefix(down);
        while (!down.isEmpty() && down.element().length() <= left) {
            String whole = down.remove();
            left -= whole.length();
            if (ear != null) {
                ear.received(whole);
            }
        }
        down.clear();
        failHeld();
        time.after(delay(), () -> tellClosed(LOST, ""));
    }

    private int prefix(Deque<String> messages) {
        int all = messages.stream().mapToInt(String::length).sum();
        return all == 0 ? 0 : random.nextInt(all + 1);
    }

    /** From now on nothing arrives, and for a long time nobody is told. */
    void silence() {
        if (broken || silent) {
            return;
        }
        silent = true;
        up.clear();
        down.clear();
        Inbound to = inbound;
        time.after((8 + random.nextInt(5)) * SECOND, () -> {
            broken = true;
            failHeld();
            if (to != null) {
                to.closed(CloseReason.LOST, null);
            }
        });
    }

    /** The server's process has died. */
    void serverDied() {
        inbound = null;
        held = null;
        if (!broken && !silent) {
            broken = true;
            cutDown();
        }
    }

    /** The client's side is closed, or its process has ended. */
    void hangUp() {
        ear = null;
        if (broken || silent) {
            return;
        }
        Inbound to = inbound;
        lastUp = Math.max(lastUp + 1, time.nanos() + delay());
        time.inOrder(lastUp - time.nanos(), () -> {
            if (!broken) {
                broken = true;
                failHeld();
                Inbound known = to != null ? to : inbound;
                if (known != null && inbound != null) {
                    known.closed(CloseReason.NORMAL, null);
                }
            }
        });
    }

    @Override
    public void close(CloseReason reason) {
        Inbound to = inbound;
        lastDown = Math.max(lastDown + 1, time.nanos() + delay());
        time.inOrder(lastDown - time.nanos(), () -> {
            boolean first = !broken;
            broken = true;
            failHeld();
            if (first && !silent) {
                tellClosed(reason.code(), reason.text());
            }
            Inbound known = to != null ? to : inbound;
            if (known != null && inbound != null) {
                known.closed(reason, null);
            }
        });
    }

    private void failHeld() {
        WriteCallback waits = held;
        if (waits != null) {
            held = null;
            time.after(0, () -> waits.completed(new IOException("the connection is broken")));
        }
    }

    private void tellClosed(int code, String reason) {
        Ear last = ear;
        if (last != null) {
            ear = null;
            last.closed(code, reason);
        }
    }

    /** How long the server's process will not look at its connections. */
    private long standstill() {
        return Math.max(0, node.stalledUntil() - time.nanos());
    }

    private long delay() {
        return 1 + random.nextLong(latency);
    }
}
