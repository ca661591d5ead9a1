package io.embedim.examples.demo;

import io.embedim.model.Identity;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Who asks over HTTP: in secure the owner of the ticket, in classic anybody. */
final class Visitors {

    private static final String BEARER = "Bearer ";

    private final Profile profile;
    private final Tickets tickets;

    Visitors(Profile profile, Tickets tickets) {
        this.profile = profile;
        this.tickets = tickets;
    }

    /** False where a login is needed and missing; then the answer has been given. */
    boolean admit(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (profile == Profile.CLASSIC || identity(request).isPresent()) {
            return true;
        }
        response.setHeader("WWW-Authenticate", "Bearer");
        Json.error(response, HttpServletResponse.SC_UNAUTHORIZED, "log in with POST /api/login first");
        return false;
    }

    /** Whether this visitor is one of these people, or may see them without being one. */
    boolean isAmong(Iterable<Person> people, HttpServletRequest request) {
        if (profile == Profile.CLASSIC) {
            return true;
        }
        Optional<Identity> identity = identity(request);
        for (Person person : people) {
            if (identity.isPresent() && person.user().equals(identity.get().user())) {
                return true;
            }
        }
        return false;
    }

    private Optional<Identity> identity(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"))
                .filter(value -> value.startsWith(BEARER))
                .flatMap(value -> tickets.find(value.substring(BEARER.length())));
    }
}
