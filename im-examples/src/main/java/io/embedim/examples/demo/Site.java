package io.embedim.examples.demo;

import io.embedim.examples.files.FileFolder;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** All that the demo answers over HTTP: the page, and what the page asks for. Knows no container. */
final class Site {

    /** https: in img-src is for the avatars that users choose. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self' https:; media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** What browsers may do with any answer. */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", POLICY,
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "same-origin",
            "Cache-Control", "no-store");

    private static final int MAX_LEFT = 65_536;

    private final Profile profile;
    private final PageFiles files = new PageFiles();
    private final PeopleLists people;
    private final Operations operations;
    private final Optional<Login> login;
    private final Uploads uploads;

    Site(Profile profile, Tickets tickets, Directory directory, Operations operations, FileFolder folder) {
        Visitors visitors = new Visitors(profile, tickets);
        this.operations = operations;
        this.profile = profile;
        this.people = new PeopleLists(directory, visitors);
        this.uploads = new Uploads(folder, visitors);
        this.login = profile == Profile.SECURE ? Optional.of(new Login(tickets)) : Optional.empty();
    }

    Answer answer(Question question) throws IOException {
        Answer answer = route(question);
        if (!question.isRead() && answer.status() != Answer.CONTENT_TOO_LARGE) {
            // A container may cut the connection over what is left of a body, and the client's next request fails.
            question.body(MAX_LEFT);
        }
        Map<String, String> headers = new LinkedHashMap<>(HEADERS);
        headers.putAll(answer.headers());
        return answer.withHeaders(headers);
    }

    private Answer route(Question question) throws IOException {
        String path = question.path();
        if (path.equals("/api/login") && login.isPresent()) {
            return question.method().equals("POST") ? login.get().answer(question) : notAllowed("POST");
        }
        if (Uploads.isAsked(question)) {
            return uploads.answer(question);
        }
        if (!question.isRead() && !Operations.takes(question)) {
            return notAllowed("GET, HEAD");
        }
        if (path.equals("/api/config")) {
            return Json.object("profile", profile.label());
        }
        if (path.equals("/api/online")) {
            return people.online(question);
        }
        if (path.startsWith("/api/groups/")) {
            return people.members(question);
        }
        Optional<Answer> forOperators = operations.answer(question);
        return forOperators.isPresent() ? forOperators.get() : files.answer(question);
    }

    private static Answer notAllowed(String methods) {
        return Answer.empty(Answer.METHOD_NOT_ALLOWED).with("Allow", methods);
    }
}
