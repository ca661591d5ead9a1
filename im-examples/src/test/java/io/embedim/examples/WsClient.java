package io.embedim.examples;

import io.embedim.testkit.conformance.ConformanceTransport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A WebSocket client of the JDK, for tests: what comes waits in line, the close code last. */
public final class WsClient implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int SECONDS = 20;

    private final LinkedBlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private volatile String closeText = "";
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private WsClient(URI uri, ConformanceTransport.@Nullable Inbox inbox, String subprotocol, String... headers) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        if (!subprotocol.isEmpty()) {
            builder.subprotocols(subprotocol);
        }
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        socket = builder.buildAsync(uri, new Listener(inbox))
                .orTimeout(SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Connects to an HTTP URL's WebSocket. */
    public static WsClient open(String url, String... headers) {
        return new WsClient(ws(url), null, "", headers);
    }

    /** Connects to an HTTP URL's WebSocket by a sub-protocol. */
    public static WsClient speaking(String subprotocol, String url) {
        return new WsClient(ws(url), null, subprotocol);
    }

    /** Connects and tells an inbox too. */
    public static WsClient open(String url, ConformanceTransport.Inbox inbox) {
        return new WsClient(ws(url), inbox, "");
    }

    /** The way of recorded cases to an HTTP URL's WebSocket. */
    public static ConformanceTransport transport(String url) {
        return inbox -> {
            WsClient client = open(url, inbox);
            return new ConformanceTransport.Client() {
                @Override
                public void send(String text) {
                    client.send(text);
                }

                @Override
                public void close() {
                    client.close();
                }
            };
        };
    }

    /** The HTTP status with which a connection is refused. */
    public static int refusal(String url, String... headers) {
        try {
            open(url, headers).close();
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    public void send(String text) {
        socket.sendText(text, true).orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    /** Waits for the next text. */
    public String next() {
        try {
            String text = texts.poll(SECONDS, TimeUnit.SECONDS);
            if (text == null) {
                throw new AssertionError("nothing came within " + SECONDS + " s");
            }
            return text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Sends, and waits for the next text. */
    public String ask(String text) {
        send(text);
        return next();
    }

    /** Waits for the end of the connection and gives its close code. */
    public int closeCode() {
        return closed.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    /** The close code, or 0 while the connection is open. */
    public int closeCodeNow() {
        return closed.getNow(0);
    }

    /** Waits for the end of the connection and gives the text of the close frame. */
    public String closeText() {
        int ignored = closeCode();
        return closeText;
    }

    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                    .orTimeout(SECONDS, TimeUnit.SECONDS)
                    .join();
        }
    }

    private static URI ws(String url) {
        return URI.create(url.replaceFirst("^http", "ws"));
    }

    /** Puts parts together. */
    private final class Listener implements WebSocket.Listener {

        private final ConformanceTransport.@Nullable Inbox inbox;
        private final StringBuilder message = new StringBuilder();

        Listener(ConformanceTransport.@Nullable Inbox inbox) {
            this.inbox = inbox;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                String text = message.toString();
                message.setLength(0);
                texts.add(text);
                if (inbox != null) {
                    inbox.received(text);
                }
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            closeText = reason;
            ended(code);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            ended(1006);
        }

        private void ended(int code) {
            closed.complete(code);
            if (inbox != null) {
                inbox.closed(code);
            }
        }
    }
}
