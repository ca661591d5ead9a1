package io.embedim.examples.demo;

import io.embedim.model.UserId;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** {@code POST /api/login}. For the demo only: gives anybody a ticket for any name, without a password. */
final class Login {

    private static final int MAX_BODY = 4_096;

    private final Tickets tickets;

    Login(Tickets tickets) {
        this.tickets = tickets;
    }

    Answer answer(Question question) throws IOException {
        // A form of a foreign page cannot send this type without asking first.
        if (!question.header("Content-Type").orElse("").startsWith("application/json")) {
            return Json.error(Answer.UNSUPPORTED_MEDIA_TYPE, "expected application/json");
        }
        byte[] body = question.body(MAX_BODY + 1);
        Optional<Person> person =
                body.length > MAX_BODY ? Optional.empty() : Json.texts(body).flatMap(Login::person);
        return person.isPresent()
                ? Json.object("ticket", tickets.issue(person.get()))
                : Json.error(
                        Answer.BAD_REQUEST,
                        "expected {\"user_id\": …, \"username\": …}, each a text of 1 to 64 characters");
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
