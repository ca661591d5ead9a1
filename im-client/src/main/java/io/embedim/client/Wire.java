package io.embedim.client;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries out what a session wants with sockets. All but the container's callbacks runs on the client's thread. */
final class Wire {

    private static final String DIALECT = "im.v2";
    private static final int LOST = 1006;
    private static final int OTHER_DIALECT = 4105;
    private static final int BUFFER = 1 << 20;

    private final URI uri;
    private final ClientEndpointConfig config;
    private final Consumer<Runnable> thread;
    private final ChatSession session;
    private @Nullable Pipe pipe;

    Wire(URI endpoint, ClientOptions options, Consumer<Runnable> thread, ChatSession session) {
        String device = "device=" + URLEncoder.encode(options.device(), StandardCharsets.UTF_8);
        this.uri = URI.create(endpoint + (endpoint.getRawQuery() == null ? "?" : "&") + device);
        this.thread = thread;
        this.session = session;
        Map<String, List<String>> headers = options.headers();
        this.config = ClientEndpointConfig.Builder.create()
                .preferredSubprotocols(List.of(DIALECT))
                .configurator(new ClientEndpointConfig.Configurator() {
                    @Override
                    public void beforeRequest(Map<String, List<String>> request) {
                        request.putAll(new HashMap<>(headers));
                    }
                })
                .build();
    }

    void carryOut() {
        for (Effect effect = session.nextEffect(); effect != null; effect = session.nextEffect()) {
            if (effect instanceof Effect.Connect) {
                connect();
            } else if (effect instanceof Effect.Send send && pipe != null) {
                pipe.send(send.text());
            } else if (effect instanceof Effect.Close close && pipe != null) {
                Pipe last = pipe;
                pipe = null;
                last.close(close.code());
            }
        }
    }

    private void connect() {
        Pipe next = new Pipe();
        pipe = next;
        try {
            ContainerProvider.getWebSocketContainer().connectToServer(next, config, uri);
        } catch (DeploymentException | IOException | RuntimeException e) {
            next.tell(() -> session.closed(LOST, ""));
        }
    }

    /** One connection. What comes from one that the session has given up is not told. */
    private final class Pipe extends Endpoint {

        private final Queue<String> queue = new ArrayDeque<>();
        private @Nullable Session socket;
        private boolean sending;

        @Override
        public void onOpen(Session opened, EndpointConfig endpointConfig) {
            opened.setMaxTextMessageBufferSize(BUFFER);
            boolean speaksIt = DIALECT.equals(opened.getNegotiatedSubprotocol());
            thread.accept(() -> {
                socket = opened;
                if (pipe != this) {
                    close(CloseReason.CloseCodes.NORMAL_CLOSURE.getCode());
                } else if (speaksIt) {
                    session.opened();
                } else {
                    session.closed(OTHER_DIALECT, "");
                    close(CloseReason.CloseCodes.NORMAL_CLOSURE.getCode());
                }
            });
            opened.addMessageHandler(
                    String.class, (MessageHandler.Whole<String>) text -> tell(() -> session.received(text)));
        }

        @Override
        public void onClose(Session closed, CloseReason reason) {
            tell(() -> session.closed(reason.getCloseCode().getCode(), String.valueOf(reason.getReasonPhrase())));
        }

        private void tell(Runnable news) {
            thread.accept(() -> {
                if (pipe == this) {
                    news.run();
                }
            });
        }

        /** One send is in flight, as some containers demand. */
        private void send(String text) {
            queue.add(text);
            sendNext();
        }

        private void sendNext() {
            Session to = socket;
            if (to == null || sending || queue.isEmpty()) {
                return;
            }
            sending = true;
            try {
                to.getAsyncRemote()
                        .sendText(
                                queue.remove(),
                                result -> tell(() -> {
                                    sending = false;
                                    if (result.isOK()) {
                                        sendNext();
                                    } else {
                                        session.closed(LOST, "");
                                    }
                                }));
            } catch (RuntimeException e) {
                tell(() -> session.closed(LOST, ""));
            }
        }

        private void close(int code) {
            Session open = socket;
            if (open == null) {
                return;
            }
            try {
                open.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), ""));
            } catch (IOException | RuntimeException e) {
                // It was on its way out anyway; the container lets go of it.
                queue.clear();
            }
        }
    }
}
