package io.embedim.bench.peer.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;

/** What a connection goes through: the upgrade, frames, and then the chat. */
final class Pipeline extends ChannelInitializer<Channel> {

    private static final int MAX_REQUEST = 8 * 1024;

    private final WebSocketServerProtocolConfig webSocket = WebSocketServerProtocolConfig.newBuilder()
            .websocketPath("/")
            // Texts are not looked at, only passed on.
            .withUTF8Validator(false)
            .build();
    private final Lanes lanes;

    Pipeline(Lanes lanes) {
        this.lanes = lanes;
    }

    @Override
    protected void initChannel(Channel channel) {
        channel.pipeline()
                .addLast(new HttpServerCodec())
                .addLast(new HttpObjectAggregator(MAX_REQUEST))
                .addLast(new WebSocketServerProtocolHandler(webSocket))
                .addLast(new ClientHandler(lanes));
    }
}
