package io.embedim.examples.demo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;

/** Tells the page whether it has to log in. */
final class ConfigServlet extends HttpServlet {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Profile profile;

    ConfigServlet(Profile profile) {
        this.profile = profile;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Json.object(response, "profile", profile.label());
    }
}
