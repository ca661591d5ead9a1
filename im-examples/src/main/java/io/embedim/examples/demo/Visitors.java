package io.embedim.examples.demo;

import io.embedim.model.Identity;
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

    /** The answer to who has to log in first, or empty for who may ask. */
    Optional<Answer> refusal(Question question) {
        if (profile == Profile.CLASSIC || identity(question).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(Json.error(Answer.UNAUTHORIZED, "log in with POST /api/login first")
                .with("WWW-Authenticate", "Bearer"));
    }

    /** Whether this visitor is one of these people, or may see them without being one. */
    boolean isAmong(Iterable<Person> people, Question question) {
        if (profile == Profile.CLASSIC) {
            return true;
        }
        Optional<Identity> identity = identity(question);
        for (Person person : people) {
            if (identity.isPresent() && person.user().equals(identity.get().user())) {
                return true;
            }
        }
        return false;
    }

    private Optional<Identity> identity(Question question) {
        return question.header("Authorization")
                .filter(value -> value.startsWith(BEARER))
                .flatMap(value -> tickets.find(value.substring(BEARER.length())));
    }
}
