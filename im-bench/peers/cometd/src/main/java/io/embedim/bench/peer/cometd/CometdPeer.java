package io.embedim.bench.peer.cometd;

import io.embedim.bench.peer.process.PeerProcess;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.cometd.server.BayeuxServerImpl;
import org.cometd.server.websocket.jetty.JettyWebSocketTransport;
import org.eclipse.jetty.server.Context;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** CometD in Jetty, at {@code /cometd} over WebSocket alone. Clients publish to channels that they subscribed to; nothing of ours is in between. */
public final class CometdPeer {

    /** What a system property begins with that is handed on: {@code -Dcometd.ws.messagesPerFrame=1} sets the option {@code ws.messagesPerFrame}. */
    private static final String OPTION = "cometd.";

    private CometdPeer() {}

    /**
     * Runs it.
     *
     * @param args a port, or nothing
     * @throws Exception if it does not start
     */
    public static void main(String[] args) throws Exception {
        PeerProcess.run("cometd", args, CometdPeer::start);
    }

    private static int start(int port) throws Exception {
        Server jetty = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        ContextHandler context = new ContextHandler("/");
        jetty.setHandler(context);
        context.setHandler(WebSocketUpgradeHandler.from(jetty, context));
        jetty.start();

        BayeuxServerImpl bayeux = new BayeuxServerImpl();
        bayeux.setOption(Context.class.getName(), context.getContext());
        bayeux.setOption("ws.cometdURLMapping", "/cometd");
        bayeux.setOption("ws.messagesPerFrame", 64);
        bayeux.setOption(BayeuxServerImpl.EXECUTOR_MAX_THREADS, 8);
        // Who is idle stays.
        bayeux.setOption("ws.idleTimeout", 0);
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(OPTION))
                .forEach(name -> bayeux.setOption(name.substring(OPTION.length()), System.getProperty(name)));
        bayeux.setTransports(new JettyWebSocketTransport(bayeux));
        bayeux.setAllowedTransports("websocket");
        bayeux.start();
        return ((ServerConnector) jetty.getConnectors()[0]).getLocalPort();
    }
}
