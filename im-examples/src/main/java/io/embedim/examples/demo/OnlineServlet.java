package io.embedim.examples.demo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;

/** {@code GET /api/online}: who is connected. */
final class OnlineServlet extends HttpServlet {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Directory directory;
    private final transient Visitors visitors;

    OnlineServlet(Directory directory, Visitors visitors) {
        this.directory = directory;
        this.visitors = visitors;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (visitors.admit(request, response)) {
            Json.people(response, directory.online());
        }
    }
}
