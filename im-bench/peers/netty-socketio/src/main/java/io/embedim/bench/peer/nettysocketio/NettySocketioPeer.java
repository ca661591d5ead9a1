package io.embedim.bench.peer.nettysocketio;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketConfig;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.Transport;
import io.embedim.bench.peer.process.PeerProcess;

/** netty-socketio over WebSocket alone, with the events of {@link Chat}. */
public final class NettySocketioPeer {

    private NettySocketioPeer() {}

    /**
     * Runs it.
     *
     * @param args a port, or nothing
     * @throws Exception if it does not start
     */
    public static void main(String[] args) throws Exception {
        PeerProcess.run("netty-socketio", args, NettySocketioPeer::start);
    }

    private static int start(int port) {
        SocketConfig sockets = new SocketConfig();
        sockets.setTcpNoDelay(true);
        sockets.setAcceptBackLog(4096);

        Configuration configuration = new Configuration();
        configuration.setHostname("127.0.0.1");
        configuration.setPort(PeerProcess.freeIfZero(port));
        configuration.setTransports(Transport.WEBSOCKET);
        configuration.setSocketConfig(sockets);
        configuration.setUseLinuxNativeEpoll(Boolean.parseBoolean(System.getProperty("socketio.epoll", "true")));
        configuration.setWorkerThreads(Integer.getInteger("socketio.workers", 0));
        configuration.setWebsocketCompression(false);
        configuration.setHttpCompression(false);
        // Otherwise all clients without a cookie would be one session.
        configuration.setRandomSession(true);

        SocketIOServer server = new SocketIOServer(configuration);
        new Chat(server).open();
        server.start();
        return configuration.getPort();
    }
}
