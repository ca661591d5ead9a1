package io.embedim.war.probe;

import io.embedim.ImServer;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Properties;

/** The open connections of each endpoint's server, and the {@link Facts} of one client, as properties. */
@WebServlet("/probe")
public class ProbeServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient ImServer server;

    @Inject
    private transient Servers servers;

    @Inject
    private transient Facts facts;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Properties answer = new Properties();
        String name = request.getParameter("name");
        if (name != null) {
            answer.putAll(facts.of(name));
        }
        answer.setProperty("/chat", String.valueOf(server.connections()));
        servers.byPath().forEach((path, other) -> answer.setProperty(path, String.valueOf(other.connections())));
        response.setContentType("text/plain;charset=UTF-8");
        answer.store(response.getWriter(), null);
    }
}
