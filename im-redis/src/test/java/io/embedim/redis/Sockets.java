package io.embedim.redis;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.CharBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Connections of clients, thousands of them in few threads. What is heard is told on one executor; {@code connect} and what it answers are for that executor's tasks. */
final class Sockets {

    private static final int LOST = 1006;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Executor thread;

    Sockets(Executor thread) {
        this.thread = thread;
    }

    HttpClient client() {
        return client;
    }

    /** Who hears. */
    interface Ear {
        void opened();

        void received(String text);

        void closed(int code, String reason);
    }

    Socket connect(URI uri, String subprotocol, Ear ear) {
        Socket socket = new Socket(ear);
        WebSocket.Builder builder = client.newWebSocketBuilder();
        if (!subprotocol.isEmpty()) {
            builder.subprotocols(subprotocol);
        }
        CompletionStage<?> unused = builder.buildAsync(uri, socket).whenComplete((open, failure) -> {
            if (failure != null) {
                socket.ended(LOST, "");
            }
        });
        return socket;
    }

    /** One connection. Sends one message after the other, as the client demands. */
    final class Socket implements WebSocket.Listener {

        private final Ear ear;
        private final Queue<String> queue = new ArrayDeque<>();
        private final StringBuilder partial = new StringBuilder();
        private @Nullable WebSocket socket;
        private boolean sending;
        private boolean ended;

        private Socket(Ear ear) {
            this.ear = ear;
        }

        void send(String text) {
            queue.add(text);
            sendNext();
        }

        /** Nothing is told any more. */
        void close() {
            ended = true;
            if (socket != null) {
                socket.abort();
            }
        }

        private void sendNext() {
            if (socket == null || sending || ended || queue.isEmpty()) {
                return;
            }
            sending = true;
            CompletionStage<?> unused = socket.sendText(CharBuffer.wrap(queue.remove()), true)
                    .whenComplete((sent, failure) -> thread.execute(() -> {
                        sending = false;
                        if (failure == null) {
                            sendNext();
                        } else {
                            endNow(LOST, "");
                        }
                    }));
        }

        @Override
        public void onOpen(WebSocket open) {
            thread.execute(() -> {
                socket = open;
                if (ended) {
                    open.abort();
                } else {
                    ear.opened();
                    sendNext();
                }
            });
            open.request(1);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                String text = partial.toString();
                partial.setLength(0);
                thread.execute(() -> {
                    if (!ended) {
                        ear.received(text);
                    }
                });
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            ended(code, reason);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            ended(LOST, "");
        }

        private void ended(int code, String reason) {
            thread.execute(() -> endNow(code, reason));
        }

        private void endNow(int code, String reason) {
            if (!ended) {
                ended = true;
                ear.closed(code, reason);
            }
        }
    }
}
