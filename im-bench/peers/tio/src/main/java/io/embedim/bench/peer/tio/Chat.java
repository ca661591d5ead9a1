package io.embedim.bench.peer.tio;

import org.jspecify.annotations.Nullable;
import org.tio.core.ChannelContext;
import org.tio.core.Tio;
import org.tio.http.common.HttpRequest;
import org.tio.http.common.HttpResponse;
import org.tio.websocket.common.WsRequest;
import org.tio.websocket.common.WsResponse;
import org.tio.websocket.server.handler.IWsMsgHandler;

/** The chat: {@code join GROUP USER}, {@code leave GROUP}, {@code speak GROUP TEXT} and {@code tell USER TEXT}. Who is spoken to or told gets the bare text. */
final class Chat implements IWsMsgHandler {

    @Override
    public @Nullable Object onText(WsRequest request, String text, ChannelContext client) {
        String[] words = text.split(" ", 3);
        String last = words[words.length - 1];
        switch (words[0]) {
            case "join" -> {
                Tio.bindUser(client, last);
                Tio.bindGroup(client, words[1]);
            }
            case "leave" -> Tio.unbindGroup(last, client);
            case "speak" -> Tio.sendToGroup(client.tioConfig, words[1], WsResponse.fromText(last, "utf-8"));
            case "tell" -> Tio.sendToUser(client.tioConfig, words[1], WsResponse.fromText(last, "utf-8"));
            default -> Tio.remove(client, "expected join, leave, speak or tell; came '" + words[0] + "'");
        }
        return null;
    }

    @Override
    public @Nullable Object onBytes(WsRequest request, byte[] bytes, ChannelContext client) {
        Tio.remove(client, "expected a text; came bytes");
        return null;
    }

    @Override
    public @Nullable Object onClose(WsRequest request, byte[] bytes, ChannelContext client) {
        Tio.remove(client, "the client closed");
        return null;
    }

    @Override
    public HttpResponse handshake(HttpRequest request, HttpResponse response, ChannelContext client) {
        return response;
    }

    @Override
    public void onAfterHandshaked(HttpRequest request, HttpResponse response, ChannelContext client) {}
}
