package io.embedim.bench.peer.nettysocketio;

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import com.corundumstudio.socketio.SocketIOServer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The events of the chat: a room for each group; who is told something is looked up by name. */
final class Chat {

    private static final String NAME = "user";

    private final SocketIONamespace main;
    private final Map<String, SocketIOClient> users = new ConcurrentHashMap<>();

    Chat(SocketIOServer server) {
        this.main = server.getNamespace("");
    }

    void open() {
        main.addEventListener("join", Request.class, (client, request, ack) -> {
            client.set(NAME, request.user());
            users.put(request.user(), client);
            client.joinRoom(request.group());
        });
        main.addEventListener("leave", Request.class, (client, request, ack) -> client.leaveRoom(request.group()));
        main.addEventListener(
                "speak",
                Request.class,
                (client, request, ack) ->
                        main.getRoomOperations(request.group()).sendEvent("message", new Message(request.text())));
        main.addEventListener("tell", Request.class, (client, request, ack) -> {
            SocketIOClient to = users.get(request.to());
            if (to != null) {
                to.sendEvent("message", new Message(request.text()));
            }
        });
        main.addDisconnectListener(client -> {
            if (client.get(NAME) instanceof String user) {
                users.remove(user, client);
            }
        });
    }
}
