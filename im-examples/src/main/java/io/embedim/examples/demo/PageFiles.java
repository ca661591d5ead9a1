package io.embedim.examples.demo;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The files of the web page, out of the class path. */
final class PageFiles {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png");

    /** Plain names only: no dot but the last one, so no path leads out of the folder, whatever the class loader makes of it. */
    private static final Pattern FILE = Pattern.compile("(?:/[A-Za-z0-9_-]+)*/[A-Za-z0-9_-]+\\.(html|css|js|svg|png)");

    /** Grows to the files that exist, no further. */
    private final Map<String, Content> cache = new ConcurrentHashMap<>();

    Answer answer(Question question) throws IOException {
        Content content = find(named(question.path())).orElse(null);
        if (content == null) {
            return Answer.empty(Answer.NOT_FOUND);
        }
        boolean known = question.header("If-None-Match").orElse("").equals(content.tag());
        Answer answer = known ? Answer.empty(Answer.NOT_MODIFIED) : Answer.of(content.type(), content.bytes());
        // To be kept, but asked for each time: a new version of the demo must not meet the old page.
        return answer.with("Cache-Control", "no-cache").with("ETag", content.tag());
    }

    private static String named(String path) {
        return switch (path) {
            case "", "/" -> "/index.html";
            case "/v2/" -> "/v2/index.html";
            // Browsers ask for it beside pages that name no icon, such as the answers in JSON.
            case "/favicon.ico" -> "/icon.svg";
            default -> path;
        };
    }

    private Optional<Content> find(String path) throws IOException {
        Content cached = cache.get(path);
        if (cached != null) {
            return Optional.of(cached);
        }
        if (!FILE.matcher(path).matches()) {
            return Optional.empty();
        }
        // The client of im.v2 comes with the adapter, where servlet containers look for it too.
        String folder = path.startsWith("/embedim/") ? "/META-INF/resources" : "/web";
        try (InputStream in = PageFiles.class.getResourceAsStream(folder + path)) {
            if (in == null) {
                return Optional.empty();
            }
            Content content = Content.of(path, in.readAllBytes());
            cache.put(path, content);
            return Optional.of(content);
        }
    }

    /** A file. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Content(byte[] bytes, String type, String tag) {

        static Content of(String path, byte[] bytes) {
            String extension = path.substring(path.lastIndexOf('.') + 1);
            String type = TYPES.getOrDefault(extension, "application/octet-stream");
            return new Content(bytes, type, "\"" + digest(bytes) + "\"");
        }

        private static String digest(byte[] bytes) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
                return new BigInteger(1, hash).toString(36).substring(0, 20).toLowerCase(Locale.ROOT);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }
}
