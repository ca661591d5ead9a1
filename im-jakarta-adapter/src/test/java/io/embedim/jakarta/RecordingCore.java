package io.embedim.jakarta;

import io.embedim.connection.CloseReason;
import io.embedim.connection.Connection;
import io.embedim.connection.Handshake;
import io.embedim.connection.Inbound;
import io.embedim.model.ConnectionId;
import io.embedim.model.Limits;
import io.embedim.security.Authentication;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A core that does nothing but remember, so that a test can be the core itself. */
final class RecordingCore implements Core {

    private final BlockingQueue<Opened> opened = new LinkedBlockingQueue<>();
    volatile Function<Handshake, CompletionStage<Authentication>> authenticator =
            handshake -> CompletableFuture.completedStage(new Authentication.Claimed());
    volatile Consumer<Connection> atOpen = connection -> {};
    volatile Limits limits = Limits.defaults();
    volatile boolean closed;

    @Override
    public CompletionStage<Authentication> authenticate(Handshake handshake) {
        return authenticator.apply(handshake);
    }

    @Override
    public Inbound open(Connection connection, Handshake handshake, @Nullable Authentication authentication) {
        Opened made = new Opened(connection, handshake, authentication);
        atOpen.accept(connection);
        opened.add(made);
        return made;
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public boolean pings() {
        return true;
    }

    @Override
    public java.util.List<String> subprotocols() {
        return java.util.List.of();
    }

    @Override
    public boolean isDraining() {
        return false;
    }

    @Override
    public OptionalInt retryAfter() {
        return OptionalInt.empty();
    }

    @Override
    public void close() {
        closed = true;
    }

    /** The next connection, waiting for it. */
    Opened next() throws InterruptedException {
        Opened made = opened.poll(10, TimeUnit.SECONDS);
        if (made == null) {
            throw new AssertionError("no connection came within 10 s");
        }
        return made;
    }

    boolean isUntouched() {
        return opened.isEmpty();
    }

    /** One connection, and what has come from it. */
    static final class Opened implements Inbound {

        private static final AtomicInteger COUNT = new AtomicInteger();

        final Connection connection;
        final Handshake handshake;
        final @Nullable Authentication authentication;
        final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        final AtomicInteger parts = new AtomicInteger();
        final AtomicInteger pongs = new AtomicInteger();
        final CompletableFuture<Boolean> binary = new CompletableFuture<>();
        final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
        volatile @Nullable RuntimeException thrown;
        private final StringBuilder message = new StringBuilder();

        private Opened(Connection connection, Handshake handshake, @Nullable Authentication authentication) {
            this.connection = connection;
            this.handshake = handshake;
            this.authentication = authentication;
        }

        @Override
        public ConnectionId id() {
            return new ConnectionId("c" + COUNT.incrementAndGet());
        }

        @Override
        public void received(String part, boolean last) {
            RuntimeException fault = thrown;
            if (fault != null) {
                throw fault;
            }
            parts.incrementAndGet();
            message.append(part);
            if (last) {
                messages.add(message.toString());
                message.setLength(0);
            }
        }

        @Override
        public void receivedBinary() {
            binary.complete(true);
        }

        @Override
        public void alive() {
            pongs.incrementAndGet();
        }

        @Override
        public void closed(CloseReason reason, @Nullable Throwable failure) {
            closed.complete(reason);
        }

        String message() throws InterruptedException {
            String text = messages.poll(10, TimeUnit.SECONDS);
            if (text == null) {
                throw new AssertionError("no message came within 10 s");
            }
            return text;
        }
    }
}
