package io.embedim.client;

import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.ServerContainerFactory;

/** A WebSocket server on the loopback that greets, and acknowledges all but one text. */
final class ScriptedServer implements AutoCloseable {

    private final TyrusServerContainer container =
            (TyrusServerContainer) ServerContainerFactory.createServerContainer(Map.of());
    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private final List<String> queries = new CopyOnWriteArrayList<>();

    ScriptedServer(String subprotocol) throws DeploymentException, IOException {
        container.addEndpoint(ServerEndpointConfig.Builder.create(Scripted.class, "/im")
                .subprotocols(List.of(subprotocol))
                .configurator(new ServerEndpointConfig.Configurator() {
                    @Override
                    public <T> T getEndpointInstance(Class<T> type) {
                        return type.cast(new Scripted(sessions, queries));
                    }
                })
                .build());
        container.start("/", 0);
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + container.getPort() + "/im");
    }

    List<String> queries() {
        return queries;
    }

    void closeAll(int code) throws IOException {
        for (Session session : List.copyOf(sessions)) {
            sessions.remove(session);
            session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), ""));
        }
    }

    @Override
    public void close() {
        container.stop();
    }

    /** One connection's side. */
    public static final class Scripted extends Endpoint {

        private final List<Session> sessions;
        private final List<String> queries;

        Scripted(List<Session> sessions, List<String> queries) {
            this.sessions = sessions;
            this.queries = queries;
        }

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            queries.add(session.getQueryString());
            sessions.add(session);
            session.addMessageHandler(String.class, (MessageHandler.Whole<String>) text -> answer(session, text));
            send(session, "{\"event\":\"hello\",\"user_id\":\"ann\",\"client_id\":\"c\"}");
        }

        private void answer(Session session, String text) {
            for (Fields frame : Json.objects(text)) {
                if (frame.text("content").equals("forbidden")) {
                    Future<Void> ignored = session.getAsyncRemote()
                            .sendText("{\"code\":403,\"msg\":\"no\",\"data\":{\"event\":\"error\",\"id\":\""
                                    + frame.text("id") + "\",\"committed\":false}}");
                } else if (frame.text("event").equals("speak")) {
                    send(
                            session,
                            "{\"event\":\"ack\",\"conv\":\"g:7\",\"epoch\":\"e1\",\"seq\":1,\"mid\":\"m1\",\"id\":\""
                                    + frame.text("id") + "\"}");
                }
            }
        }

        private void send(Session session, String data) {
            Future<Void> ignored = session.getAsyncRemote().sendText("{\"code\":0,\"msg\":\"\",\"data\":" + data + "}");
        }
    }
}
