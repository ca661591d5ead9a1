package io.embedim.examples.demo;

import io.embedim.model.GroupId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code GET /api/online}: who is connected; {@code GET /api/groups/{id}/members}: who of them is in a group. In secure its members see that. */
final class PeopleLists {

    private static final Pattern MEMBERS = Pattern.compile("/api/groups/([0-9]{1,64})/members");

    private final Directory directory;
    private final Visitors visitors;

    PeopleLists(Directory directory, Visitors visitors) {
        this.directory = directory;
        this.visitors = visitors;
    }

    Answer online(Question question) throws IOException {
        Optional<Answer> refusal = visitors.refusal(question);
        return refusal.isPresent() ? refusal.get() : Json.people(directory.online());
    }

    Answer members(Question question) throws IOException {
        Optional<Answer> refusal = visitors.refusal(question);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Matcher path = MEMBERS.matcher(question.path());
        if (!path.matches()) {
            return Json.error(Answer.NOT_FOUND, "expected /api/groups/{digits}/members");
        }
        List<Person> members = directory.members(GroupId.of(path.group(1)));
        return visitors.isAmong(members, question)
                ? Json.people(members)
                : Json.error(Answer.FORBIDDEN, "for members only");
    }
}
