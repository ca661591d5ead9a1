package io.embedim.examples.demo;

import io.embedim.examples.files.BadUpload;
import io.embedim.examples.files.FileFolder;
import io.embedim.examples.files.FileKind;
import io.embedim.examples.files.Incoming;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * {@code POST /files}: takes a file, as the whole body or in a form, and answers what a message says of it. {@code GET /files/…}: gives it to whoever has its
 * address, which nobody can guess: a picture in a page is asked for without a ticket.
 */
final class Uploads {

    private static final String ROOT = "/files";

    /** What a form may have around its file. */
    private static final long FORM = 65_536;

    /** A file that is opened as a page runs nothing, whatever is in it. */
    private static final String POLICY =
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'";

    private final FileFolder folder;
    private final Visitors visitors;

    Uploads(FileFolder folder, Visitors visitors) {
        this.folder = folder;
        this.visitors = visitors;
    }

    static boolean isAsked(Question question) {
        return question.path().equals(ROOT) || question.path().startsWith(ROOT + "/");
    }

    Answer answer(Question question) throws IOException {
        if (question.path().equals(ROOT)) {
            return question.method().equals("POST")
                    ? take(question)
                    : Answer.empty(Answer.METHOD_NOT_ALLOWED).with("Allow", "POST");
        }
        return question.isRead()
                ? give(question.path().substring(ROOT.length() + 1))
                : Answer.empty(Answer.METHOD_NOT_ALLOWED).with("Allow", "GET, HEAD");
    }

    private Answer take(Question question) throws IOException {
        Optional<Answer> refusal = visitors.refusal(question);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (isFromElsewhere(question)) {
            return Json.error(Answer.FORBIDDEN, "not for pages of other sites");
        }
        long length = length(question);
        try {
            if (length > folder.most() + FORM) {
                throw folder.tooLarge();
            }
            Incoming.Headers headers = new Incoming.Headers(
                    question.header("Content-Type"), question.header("Content-Disposition"), length);
            FileFolder.Kept kept = folder.keep(Incoming.of(headers, question.stream()));
            return Json.file(ROOT + "/" + kept.url(), kept);
        } catch (EOFException e) {
            // Of who goes away nobody reads this; of who counts wrong, somebody does.
            return Json.error(Answer.BAD_REQUEST, "the file is cut off");
        } catch (BadUpload e) {
            Answer answer = Json.error(e.status(), String.valueOf(e.getMessage()));
            return e.status() == Answer.CONTENT_TOO_LARGE ? answer.with("Connection", "close") : answer;
        }
    }

    /** -1 where it is not said. */
    private static long length(Question question) {
        return question.header("Content-Length")
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse(-1L);
    }

    /** A browser says which page asks. */
    private static boolean isFromElsewhere(Question question) {
        String origin = question.header("Origin").orElse("");
        if (origin.isEmpty()) {
            return false;
        }
        try {
            return !question.header("Host").orElse("").equals(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private Answer give(String name) {
        FileFolder.Found found = folder.find(name).orElse(null);
        if (found == null) {
            return Answer.empty(Answer.NOT_FOUND);
        }
        boolean isShown = found.kind().use() != FileKind.Use.FILE;
        return Answer.of(found.kind().mime(), found.path())
                .with("Content-Security-Policy", POLICY)
                .with("Content-Disposition", isShown ? "inline" : "attachment")
                .with("Cross-Origin-Resource-Policy", "same-origin")
                // It never changes, and its address is a secret.
                .with("Cache-Control", "private, max-age=31536000, immutable");
    }
}
