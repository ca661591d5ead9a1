package io.embedim.war;

// tag::servlet[]
import io.embedim.ImServer;
import io.embedim.session.SessionCounts;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** How many are online. */
@WebServlet("/online")
public class OnlineServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient ImServer server;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        SessionCounts counts = server.sessions().counts().toCompletableFuture().join();
        response.setContentType("application/json");
        response.getWriter().printf("{\"sessions\":%d,\"users\":%d}", counts.sessions(), counts.users());
    }
}
// end::servlet[]
