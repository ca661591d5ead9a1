package io.embedim.internal.routing;

import io.embedim.connection.CloseReason;
import io.embedim.connection.Inbound;
import io.embedim.model.ConnectionId;
import io.embedim.model.Limits;
import io.embedim.monitor.Latencies;
import io.embedim.runtime.ImRuntime;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Where an adapter delivers what a client does: puts messages together, counts what waits, and puts them into the connection's mailbox. */
final class Intake implements Inbound {

    private final Peer peer;
    private final Inlet inlet;
    private final Rates.@Nullable Usage usage;
    private int waitingFrames; // Guarded by this, as are the bytes.
    private int waitingBytes;
    private @Nullable StringBuilder parts; // For the adapter's calls, which come one at a time.

    /** What is the same for all connections. */
    record Inlet(FrameHandler handler, Rates rates, Limits limits, ImRuntime runtime, Counters counters) {}

    Intake(Peer peer, Inlet inlet) {
        this.peer = peer;
        this.inlet = inlet;
        long now = inlet.runtime().nanoTime();
        this.usage = inlet.rates().ofConnection(now);
        peer.heard(now);
        Rates.Usage used = usage;
        if (used != null && peer instanceof V2Peer v2) {
            v2.pacedBy(() -> inlet.rates()
                    .take(used, peer.identity().orElse(null), 0, inlet.runtime().nanoTime()));
        }
    }

    @Override
    public ConnectionId id() {
        return peer.id();
    }

    @Override
    public void received(String part, boolean last) {
        peer.heard(inlet.runtime().nanoTime());
        if (peer.hasEnded()) {
            parts = null;
            return;
        }
        StringBuilder begun = parts;
        int length = part.length() + (begun == null ? 0 : begun.length());
        if (length > inlet.limits().frameBytes()) {
            tooLong();
        } else if (!last) {
            parts = (begun == null ? new StringBuilder() : begun).append(part);
        } else if (begun == null) {
            accept(part);
        } else {
            parts = null;
            accept(begun.append(part).toString());
        }
    }

    @Override
    public void receivedBinary() {
        peer.endWhenDrained(CloseReason.NOT_TEXT);
    }

    @Override
    public void alive() {
        peer.heard(inlet.runtime().nanoTime());
    }

    @Override
    public void closed(CloseReason reason, @Nullable Throwable failure) {
        peer.gone(reason);
    }

    private void accept(String text) {
        int bytes = utf8Length(text);
        inlet.counters().framesReceived.increment();
        inlet.counters().bytesReceived.add(bytes);
        if (bytes > inlet.limits().frameBytes()) {
            tooLong();
            return;
        }
        if (usage != null && isTooFast(usage, bytes)) {
            return;
        }
        if (!count(1, bytes)) {
            peer.endNow(CloseReason.TOO_FAST);
            return;
        }
        Latencies latencies = inlet.counters().latencies();
        if (latencies == null) {
            peer.post(() -> handle(text, bytes));
        } else {
            long since = inlet.runtime().nanoTime();
            peer.post(() -> timed(handle(text, bytes), since, latencies));
        }
    }

    private @Nullable CompletionStage<?> handle(String text, int bytes) {
        count(-1, -bytes);
        return peer.hasEnded() ? null : inlet.handler().handle(peer, text);
    }

    private @Nullable CompletionStage<?> timed(@Nullable CompletionStage<?> handling, long since, Latencies latencies) {
        if (handling == null) {
            latencies.handled(inlet.runtime().nanoTime() - since);
            return null;
        }
        return handling.whenComplete(
                (done, failure) -> latencies.handled(inlet.runtime().nanoTime() - since));
    }

    /** Before anything is done for the frame, so that a flood costs little. */
    private boolean isTooFast(Rates.Usage used, int bytes) {
        long now = inlet.runtime().nanoTime();
        long wait = inlet.rates().take(used, peer.identity().orElse(null), bytes, now);
        if (wait == 0) {
            return false;
        }
        inlet.counters().rateRefused.increment();
        if (used.refuse(now)) {
            peer.endNow(CloseReason.TOO_FAST);
        } else {
            peer.refuseAsTooFast(wait);
        }
        return true;
    }

    /** False where more waits than may. */
    private synchronized boolean count(int frames, int bytes) {
        waitingFrames += frames;
        waitingBytes += bytes;
        return waitingFrames <= inlet.limits().inboundFrames()
                && waitingBytes <= inlet.limits().inboundBytes();
    }

    private void tooLong() {
        parts = null;
        peer.endWhenDrained(CloseReason.TOO_LONG);
    }

    private static int utf8Length(String text) {
        int length = text.length();
        int bytes = length;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }
}
