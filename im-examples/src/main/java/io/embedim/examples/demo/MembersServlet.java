package io.embedim.examples.demo;

import io.embedim.model.GroupId;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code GET /api/groups/{id}/members}: who is connected and in a group. In secure its members see it. */
final class MembersServlet extends HttpServlet {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final Pattern PATH = Pattern.compile("/([0-9]{1,64})/members");

    private final transient Directory directory;
    private final transient Visitors visitors;

    MembersServlet(Directory directory, Visitors visitors) {
        this.directory = directory;
        this.visitors = visitors;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!visitors.admit(request, response)) {
            return;
        }
        Optional<GroupId> group = group(request.getPathInfo());
        if (group.isEmpty()) {
            Json.error(response, HttpServletResponse.SC_NOT_FOUND, "expected /api/groups/{digits}/members");
            return;
        }
        List<Person> members = directory.members(group.get());
        if (visitors.isAmong(members, request)) {
            Json.people(response, members);
        } else {
            Json.error(response, HttpServletResponse.SC_FORBIDDEN, "for members only");
        }
    }

    private static Optional<GroupId> group(String pathInfo) {
        Matcher matcher = PATH.matcher(pathInfo == null ? "" : pathInfo);
        return matcher.matches() ? Optional.of(GroupId.of(matcher.group(1))) : Optional.empty();
    }
}
