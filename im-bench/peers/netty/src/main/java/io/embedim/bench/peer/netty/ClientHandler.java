package io.embedim.bench.peer.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client: {@code join GROUP USER}, {@code leave GROUP}, {@code speak GROUP TEXT} and {@code tell USER TEXT}. Who is spoken to or told gets the bare text. */
final class ClientHandler extends SimpleChannelInboundHandler<TextWebSocketFrame> {

    private static final Logger LOG = LoggerFactory.getLogger(ClientHandler.class);

    private final Lanes lanes;
    private final Set<String> groups = new HashSet<>(2);
    private @Nullable String user;

    ClientHandler(Lanes lanes) {
        this.lanes = lanes;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame message) {
        ByteBuf text = message.content();
        String verb = word(text);
        String name = word(text);
        Channel channel = context.channel();
        Lane lane = lanes.of(channel);
        switch (verb) {
            case "speak" -> lane.speak(name, Frames.text(text));
            case "tell" -> {
                Channel to = lanes.user(name);
                if (to != null) {
                    lane.tell(to, Frames.text(text));
                }
            }
            case "join" -> {
                user = word(text);
                lanes.know(user, channel);
                groups.add(name);
                lane.join(name, channel);
            }
            case "leave" -> {
                groups.remove(name);
                lane.leave(name, channel);
            }
            default -> refuse(channel, verb);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Lane lane = lanes.of(context.channel());
        groups.forEach(group -> lane.leave(group, context.channel()));
        if (user != null) {
            lanes.forget(user, context.channel());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.warn("a connection failed", cause);
        }
        ChannelFuture unused = context.close();
    }

    private static void refuse(Channel channel, String verb) {
        ChannelFuture unused = channel.writeAndFlush(new CloseWebSocketFrame(
                WebSocketCloseStatus.POLICY_VIOLATION, "expected join, leave, speak or tell; came '" + verb + "'"));
    }

    /** Reads up to the next space, or to the end. */
    private static String word(ByteBuf text) {
        int length = text.bytesBefore((byte) ' ');
        if (length < 0) {
            return text.readCharSequence(text.readableBytes(), StandardCharsets.UTF_8)
                    .toString();
        }
        String word = text.readCharSequence(length, StandardCharsets.UTF_8).toString();
        text.skipBytes(1);
        return word;
    }
}
