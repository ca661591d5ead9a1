package io.embedim.examples.demo;

import io.embedim.model.UserId;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.Map;
import java.util.Optional;

/** For the demo only: gives anybody a ticket for any name, without a password. */
final class LoginServlet extends HttpServlet {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int MAX_BODY = 4_096;

    private final transient Tickets tickets;

    LoginServlet(Tickets tickets) {
        this.tickets = tickets;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // A form of a foreign page cannot send this type without asking first.
        String type = request.getContentType();
        if (type == null || !type.startsWith("application/json")) {
            Json.error(response, HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "expected application/json");
            return;
        }
        byte[] body = request.getInputStream().readNBytes(MAX_BODY + 1);
        Optional<Person> person =
                body.length > MAX_BODY ? Optional.empty() : Json.texts(body).flatMap(LoginServlet::person);
        if (person.isEmpty()) {
            Json.error(
                    response,
                    HttpServletResponse.SC_BAD_REQUEST,
                    "expected {\"user_id\": …, \"username\": …}, each a text of 1 to 64 characters");
            return;
        }
        Json.object(response, "ticket", tickets.issue(person.get()));
    }

    private static Optional<Person> person(Map<String, String> fields) {
        String user = fields.getOrDefault("user_id", "");
        String name = fields.getOrDefault("username", user);
        boolean valid = name.codePoints().noneMatch(code -> code >= 0xD800 && code <= 0xDFFF);
        if (!valid || name.isEmpty() || name.codePointCount(0, name.length()) > 64) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Person(UserId.of(user), name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
