package io.embedim.jakarta;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A client of the JDK. Sends one after the other, which that client demands. */
final class TestClient implements WebSocket.Listener, AutoCloseable {

    /** How it was closed; 1006 where without a close frame. */
    record Closed(int code, String reason) {}

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private final StringBuilder message = new StringBuilder();
    private CompletableFuture<?> sends = CompletableFuture.completedFuture(null);
    private @Nullable WebSocket socket;
    private volatile boolean reading = true;
    private @Nullable Consumer<String> onMessage;

    private TestClient() {}

    static TestClient connect(URI uri) {
        return connect(uri, Map.of());
    }

    static TestClient connect(URI uri, Map<String, String> headers, String... subprotocols) {
        TestClient client = new TestClient();
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        headers.forEach(builder::header);
        if (subprotocols.length > 0) {
            builder.subprotocols(subprotocols[0]);
        }
        client.socket =
                builder.buildAsync(uri, client).orTimeout(10, TimeUnit.SECONDS).join();
        return client;
    }

    /** The HTTP status of a refused handshake, or 101. */
    static int status(URI uri, Map<String, String> headers) {
        return refusal(uri, headers).map(HttpResponse::statusCode).orElse(101);
    }

    /** What a handshake is refused with, or empty where it is not. */
    static Optional<HttpResponse<?>> refusal(URI uri, Map<String, String> headers) {
        try {
            connect(uri, headers).close();
            return Optional.empty();
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return Optional.of(refused.getResponse());
            }
            throw e;
        }
    }

    TestClient send(String text) {
        return then(ws -> ws.sendText(text, true));
    }

    TestClient sendPart(String text, boolean last) {
        return then(ws -> ws.sendText(text, last));
    }

    TestClient sendBinary(byte[] bytes) {
        return then(ws -> ws.sendBinary(ByteBuffer.wrap(bytes), true));
    }

    TestClient sendClose(int code, String reason) {
        return then(ws -> ws.sendClose(code, reason));
    }

    /** What comes from now on stays in the kernel; at most one message is still taken. */
    void stopReading() {
        reading = false;
    }

    private synchronized TestClient then(Function<WebSocket, CompletableFuture<WebSocket>> step) {
        sends = sends.thenCompose(done -> step.apply(socket()));
        return this;
    }

    private WebSocket socket() {
        return Objects.requireNonNull(socket);
    }

    /** Which was agreed; empty for none. */
    String subprotocol() {
        return socket().getSubprotocol();
    }

    String receive() throws InterruptedException {
        String text = messages.poll(10, TimeUnit.SECONDS);
        if (text == null) {
            throw new AssertionError("nothing came within 10 s; closed: " + closed.getNow(null));
        }
        return text;
    }

    private void deliver(String text) {
        Consumer<String> hearer = onMessage;
        if (hearer == null) {
            messages.add(text);
        } else {
            hearer.accept(text);
        }
    }

    /** Hands messages on instead of keeping them; those that are kept at once. */
    synchronized void onMessage(Consumer<String> hearer) {
        onMessage = hearer;
        messages.forEach(hearer);
    }

    CompletableFuture<Closed> closed() {
        return closed;
    }

    Closed awaitClose() {
        return closed.orTimeout(15, TimeUnit.SECONDS).join();
    }

    @Override
    public synchronized CompletionStage<?> onText(WebSocket ws, CharSequence data, boolean last) {
        message.append(data);
        if (last) {
            deliver(message.toString());
            message.setLength(0);
        }
        if (reading) {
            ws.request(1);
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket ws, int code, String reason) {
        closed.complete(new Closed(code, reason));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket ws, Throwable error) {
        closed.complete(new Closed(1006, String.valueOf(error)));
    }

    /** Cuts the connection. */
    @Override
    public void close() {
        socket().abort();
    }
}
