package io.embedim.redis;

import io.embedim.ImServer;
import io.embedim.V2Settings;
import io.embedim.jakarta.ImEndpoints;
import io.embedim.model.Identity;
import io.embedim.model.UserId;
import io.embedim.runtime.ThreadRuntime;
import io.embedim.security.Authentication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** A node as a process of its own: Tomcat, a server for both dialects, everybody is who the query says. It ends with its standard input. */
final class NodeMain {

    private NodeMain() {}

    /** Takes the address of Redis, the prefix, the lease and the time-out, and says its port when it is ready. */
    public static void main(String[] args) throws IOException, LifecycleException {
        ThreadRuntime runtime = ThreadRuntime.start();
        RedisBackend redis = RedisBackend.builder(args[0], runtime)
                .prefix(args[1])
                .lease(Duration.parse(args[2]))
                .timeOut(Duration.parse(args[3]))
                .silence(Duration.ofSeconds(2))
                .open();
        ImServer server = ImServer.builder()
                .authenticator(handshake -> CompletableFuture.completedFuture(handshake
                        .queryParameter("user")
                        .<Authentication>map(user -> new Authentication.Accepted(Identity.of(UserId.of(user))))
                        .orElseGet(() -> new Authentication.Refused(401, "no user"))))
                .runtime(runtime)
                .broker(redis.broker())
                .sessionStore(redis.sessions())
                .memberships(redis.memberships())
                .bans(redis.bans())
                .cluster(redis.cluster())
                .v2(V2Settings.inMemory())
                .build();
        System.out.println("ready " + listen(server));
        while (System.in.read() >= 0) {
            // Nothing is said there; its end is the end of whoever started this.
        }
        Runtime.getRuntime().halt(0);
    }

    @SuppressWarnings("deprecation") // The replacement wants the mapping percent-encoded.
    private static int listen(ImServer server) throws IOException, LifecycleException {
        Path base = Files.createTempDirectory("im-node-");
        base.toFile().deleteOnExit();
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(base.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setProperty("maxConnections", "10000");
        tomcat.getConnector().setProperty("acceptCount", "1000");
        StandardContext context = new StandardContext();
        context.setName("");
        context.setPath("");
        context.setDocBase(base.toString());
        context.setIgnoreAnnotations(true);
        context.setParentClassLoader(NodeMain.class.getClassLoader());
        context.addLifecycleListener(event -> {
            if (event.getType().equals(Lifecycle.CONFIGURE_START_EVENT)) {
                context.setConfigured(true);
            }
        });
        tomcat.getHost().addChild(context);
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer(
                (classes, servlets) -> ImEndpoints.register(servlets, "/im", server), Set.of());
        Tomcat.addServlet(context, "listings", new Listings(server));
        context.addServletMappingDecoded(
                "/", "listings"); // Without any servlet for a path no filter is asked, the one of WebSocket neither.
        tomcat.start();
        if (!context.getState().isAvailable()) {
            throw new IllegalStateException("the application did not start");
        }
        return tomcat.getConnector().getLocalPort();
    }
}
