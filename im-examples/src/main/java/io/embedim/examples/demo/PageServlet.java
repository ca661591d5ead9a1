package io.embedim.examples.demo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Serves the web page out of the class path. */
final class PageServlet extends HttpServlet {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png");

    /** Plain names only: no dot but the last one, so no path leads out of the folder, whatever the class loader makes of it. */
    private static final Pattern FILE = Pattern.compile("(?:/[A-Za-z0-9_-]+)*/[A-Za-z0-9_-]+\\.(html|css|js|svg|png)");

    /** Grows to the files that exist, no further. */
    private final transient Map<String, Content> cache = new ConcurrentHashMap<>();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Content> found = find(path(request));
        if (found.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            response.setContentLength(0);
            return;
        }
        Content content = found.get();
        // To be kept, but asked for each time: a new version of the demo must not meet the old page.
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("ETag", content.tag());
        if (content.tag().equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(content.type());
        response.setContentLength(content.bytes().length);
        response.getOutputStream().write(content.bytes());
    }

    private static String path(HttpServletRequest request) {
        String info = request.getPathInfo();
        String path = info == null ? request.getServletPath() : request.getServletPath() + info;
        return switch (path) {
            case "", "/" -> "/index.html";
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
        try (InputStream in = PageServlet.class.getResourceAsStream("/web" + path)) {
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
