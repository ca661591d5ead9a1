package io.embedim.bench.compare.plan;

import static io.embedim.bench.compare.plan.Family.FLOOR;
import static io.embedim.bench.compare.plan.Family.JVM;
import static io.embedim.bench.compare.plan.Family.NODE;
import static io.embedim.bench.compare.plan.Family.OURS;
import static io.embedim.bench.compare.plan.Family.RAW;

import io.embedim.bench.compare.plan.Launch.InContainer;
import io.embedim.bench.compare.plan.Launch.NodeScript;
import io.embedim.bench.compare.plan.Launch.PeerJar;
import java.util.List;

/** All peers. A further one, or a further dialect of ours, is one more line here. */
public final class Peers {

    /** In the order in which they take turns. */
    public static final List<Peer> ALL = List.of(
            ours("embedim-tomcat", "embedim in Tomcat", "tomcat", "tomcat-embed-core"),
            ours("embedim-jetty", "embedim in Jetty", "jetty", "jetty-server"),
            ours("embedim-undertow", "embedim in Undertow", "undertow", "undertow-core"),
            ours("embedim-tyrus", "embedim in Tyrus", "tyrus", "tyrus-server"),
            plain("plain-tomcat", "by hand in Tomcat", "tomcat", "tomcat-embed-core"),
            plain("plain-jetty", "by hand in Jetty", "jetty", "jetty-server"),
            plain("plain-undertow", "by hand in Undertow", "undertow", "undertow-core"),
            jvm("cometd", "CometD", "cometd", "cometd-java-server-common"),
            jvm("stomp", "Spring STOMP", "stomp", "spring-messaging"),
            jvm("socketio", "netty-socketio", "netty-socketio", "netty-socketio"),
            jvm("tio", "t-io", "tio", "tio-websocket-server"),
            node("socketio", "Socket.IO", "socketio.mjs", "socket.io"),
            node("ws", "ws", "ws.mjs", "ws"),
            new Peer("netty", "raw Netty", RAW, new PeerJar("netty"), protocol("netty"), true, "netty-codec-http"));

    private Peers() {}

    private static Peer ours(String name, String title, String container, String library) {
        return new Peer(name, title, OURS, new InContainer(container, List.of()), protocol("classic"), true, library);
    }

    private static Peer plain(String name, String title, String container, String library) {
        return new Peer(
                name,
                title,
                FLOOR,
                new InContainer(container, List.of()),
                List.of("--protocol", "plain", "--path", "/plain"),
                false,
                library);
    }

    private static Peer jvm(String protocol, String title, String module, String library) {
        return new Peer(module, title, JVM, new PeerJar(module), protocol(protocol), true, library);
    }

    private static Peer node(String protocol, String title, String script, String library) {
        return new Peer(
                "node-" + protocol, title + " (Node)", NODE, new NodeScript(script), protocol(protocol), true, library);
    }

    private static List<String> protocol(String name) {
        return List.of("--protocol", name);
    }
}
