package io.embedim.bench.peer.netty;

import io.embedim.bench.peer.process.PeerProcess;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A chat of nothing but Netty, with the texts of {@link ClientHandler}: no checks, no state but who is in which group. Others cannot be faster; it is here to say how far they are from that. */
public final class NettyPeer {

    private static final int BACKLOG = 4096;

    private NettyPeer() {}

    /**
     * Runs it.
     *
     * @param args a port, or nothing
     * @throws Exception if it does not start
     */
    public static void main(String[] args) throws Exception {
        PeerProcess.run("netty", args, NettyPeer::start);
    }

    private static int start(int port) throws InterruptedException {
        boolean epoll = Epoll.isAvailable() && !Boolean.getBoolean("netty.nio");
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        Class<? extends ServerChannel> channel = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        int threads = Integer.getInteger("netty.threads", Runtime.getRuntime().availableProcessors());
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(threads, io);
        InetSocketAddress address = (InetSocketAddress) new ServerBootstrap()
                .group(loops)
                .channel(channel)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new Pipeline(new Lanes(loops)))
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .sync()
                .channel()
                .localAddress();
        return address.getPort();
    }
}
