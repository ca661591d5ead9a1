package io.embedim.examples.logs;

import io.embedim.ImListener;
import io.embedim.ImServer;
import io.embedim.connection.Handshake;
import io.embedim.jakarta.ImEndpoints;
import io.embedim.model.GroupId;
import io.embedim.model.Identity;
import io.embedim.model.ImException;
import io.embedim.model.UserId;
import io.embedim.protocol.ClientFrame;
import io.embedim.security.AccessPolicy;
import io.embedim.security.Actor;
import io.embedim.security.Authentication;
import io.embedim.security.Decision;
import io.embedim.session.Session;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import java.io.File;
import java.io.Serial;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/**
 * A server in Tomcat, run in a JVM of its own with everything logged, whose application repeats what clients say wherever it can: in reasons of refusals, in exceptions of its
 * authenticator, its policy and its listener.
 */
final class LoudServer {

    private LoudServer() {}

    public static void main(String[] args) throws Exception {
        ImServer server = ImServer.builder()
                .authenticator(LoudServer::authenticate)
                .accessPolicy(new Loud())
                .listener(new Listener())
                .build();
        File base = Files.createTempDirectory("embedim-loud-").toFile();
        base.deleteOnExit();
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(base.toString());
        tomcat.setPort(0);
        Context context = tomcat.addContext("", base.toString());
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer((classes, on) -> open(on, server), null);
        tomcat.start();
        System.out.println("port " + tomcat.getConnector().getLocalPort());
        // Ends with its parent, which holds the other end.
        if (System.in.read() < 0) {
            server.close();
            tomcat.stop();
        }
    }

    private static void open(ServletContext context, ImServer server) {
        ImEndpoints.register(context, "/im", server);
        // Without a servlet there is nothing that Tomcat's filters stand in front of.
        context.addServlet("nothing", new Nothing()).addMapping("/");
    }

    private static CompletionStage<Authentication> authenticate(Handshake handshake) {
        String user = handshake.queryParameter("user").orElse("");
        if (user.startsWith("refused")) {
            return CompletableFuture.completedFuture(new Authentication.Refused(403, "not you: " + user));
        }
        if (user.startsWith("fails")) {
            return CompletableFuture.failedFuture(new ImException("cannot decide on " + user));
        }
        return CompletableFuture.completedFuture(new Authentication.Accepted(Identity.of(UserId.of(user))));
    }

    /** Fails at everything, and repeats who asked for what. */
    private static final class Loud implements AccessPolicy {

        @Override
        public CompletionStage<Decision> join(Actor actor, GroupId group) {
            return CompletableFuture.failedFuture(new ImException("join of " + actor.user() + " " + group));
        }

        @Override
        public CompletionStage<Decision> speak(Actor actor, GroupId group) {
            return CompletableFuture.failedFuture(new ImException("speak of " + actor.user() + " " + group));
        }

        @Override
        public CompletionStage<Decision> speak(Actor actor, UserId to) {
            return CompletableFuture.completedFuture(Decision.ALLOW);
        }
    }

    private static final class Nothing extends HttpServlet {

        @Serial
        private static final long serialVersionUID = 1L;
    }

    private static final class Listener implements ImListener {

        @Override
        public void received(Session session, ClientFrame frame) {
            throw new IllegalStateException("cannot take " + frame + " of " + session.user());
        }
    }
}
