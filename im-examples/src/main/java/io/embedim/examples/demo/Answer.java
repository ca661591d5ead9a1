package io.embedim.examples.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the demo answers over HTTP.
 *
 * @param status the status
 * @param headers further headers, by name; the length is that of the body
 * @param body what is sent, or would be if it were asked for
 * @param file what is sent instead of the body, where there is one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Answer(
        int status,
        Map<String, String> headers,
        byte[] body,
        @Nullable Path file) {

    static final int OK = 200;
    static final int NOT_MODIFIED = 304;
    static final int BAD_REQUEST = 400;
    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int METHOD_NOT_ALLOWED = 405;
    static final int CONTENT_TOO_LARGE = 413;
    static final int UNSUPPORTED_MEDIA_TYPE = 415;
    static final int SERVICE_UNAVAILABLE = 503;

    Answer {
        headers = Map.copyOf(headers);
    }

    static Answer empty(int status) {
        return new Answer(status, Map.of(), new byte[0], null);
    }

    static Answer of(String type, byte[] body) {
        return new Answer(OK, Map.of("Content-Type", type), body, null);
    }

    static Answer of(String type, Path file) {
        return new Answer(OK, Map.of("Content-Type", type), new byte[0], file);
    }

    /** In bytes. */
    long length() throws IOException {
        return file == null ? body.length : Files.size(file);
    }

    void writeTo(OutputStream out) throws IOException {
        if (file == null) {
            out.write(body);
        } else {
            Files.copy(file, out);
        }
    }

    /** With these headers only. */
    Answer withHeaders(Map<String, String> others) {
        return new Answer(status, others, body, file);
    }

    Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body, file);
    }

    Answer withStatus(int other) {
        return new Answer(other, headers, body, file);
    }
}
