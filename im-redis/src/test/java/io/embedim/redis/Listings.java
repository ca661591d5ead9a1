package io.embedim.redis;

import io.embedim.ImServer;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import io.embedim.session.Presence;
import io.embedim.session.Session;
import io.embedim.session.SessionCounts;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** Tells, on one line, what a node's listings know of users whose names begin with {@code user}, and of the group {@code group} that nobody else is in. */
final class Listings extends HttpServlet {

    private static final long serialVersionUID = 1;
    private static final int MOST = 100_000;

    private final transient ImServer server;

    Listings(ImServer server) {
        this.server = server;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String user = request.getParameter("user");
        GroupId group = new GroupId(request.getParameter("group"));
        Presence presence = server.presence();
        List<Session> sessions = ChatNode.now(presence.sessions().toList(MOST));
        SessionCounts counts = ChatNode.now(presence.counts());
        response.setContentType("text/plain");
        response.getWriter()
                .print("sessions="
                        + sessions.stream()
                                .map(Session::user)
                                .filter(Objects::nonNull)
                                .filter(one -> one.value().startsWith(user))
                                .count()
                        + " users="
                        + ChatNode.now(presence.users().toList(MOST)).stream()
                                .filter(one -> one.value().startsWith(user))
                                .count()
                        + " groups="
                        + ChatNode.now(presence.groups().toList(MOST)).stream()
                                .filter(group::equals)
                                .count()
                        + " of="
                        + ChatNode.now(presence.sessionsOf(new UserId(user + "0"))
                                        .toList(MOST))
                                .size()
                        + " in=" + ChatNode.now(presence.countSessionsIn(group))
                        + " online=" + ChatNode.now(presence.isOnline(new UserId(user + "0")))
                        + " all=" + sessions.size() + "/" + counts.sessions());
    }
}
