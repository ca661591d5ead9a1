package io.embedim.examples.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that is being sent, as the whole body of a request or as the first file of a {@code multipart/form-data}. Nothing but the content is read.
 *
 * @param name what the client calls it, cleaned
 * @param content its bytes; ends where the file does, and fails where the client goes away
 */
public record Incoming(String name, InputStream content) {

    private static final Pattern BOUNDARY =
            Pattern.compile("(?i)multipart/form-data\\s*;.*boundary=(?:\"([^\"]{1,70})\"|([^;\\s\"]{1,70})).*");
    private static final Pattern DISPOSITION = Pattern.compile("(?im)^Content-Disposition:(.*)$");
    private static final int MOST_HEADERS = 8_192;
    private static final int MOST_PARTS = 20;
    private static final int MOST_FIELD = 65_536;

    /** What the body is about, by its headers. {@code length} is what it says of itself, in bytes. */
    public record Headers(Optional<String> contentType, Optional<String> disposition, long length) {}

    /**
     * Begins to read.
     *
     * @throws BadUpload if it is a form without a file
     * @throws IOException if the client goes away
     */
    public static Incoming of(Headers headers, InputStream body) throws IOException, BadUpload {
        Matcher form = BOUNDARY.matcher(headers.contentType().orElse(""));
        if (form.matches()) {
            String boundary = form.group(1) == null ? form.group(2) : form.group(1);
            return part(new BufferedInputStream(body), "\r\n--" + boundary);
        }
        return new Incoming(FileName.of(headers.disposition()), new WholeStream(body, headers.length()));
    }

    private static Incoming part(BufferedInputStream body, String delimiter) throws IOException, BadUpload {
        // The first delimiter has no line before it.
        InputStream first = new PartStream(body, delimiter.substring(2));
        if (first.read() >= 0) {
            throw new BadUpload(400, "the form does not begin with its boundary");
        }
        for (int part = 0; part < MOST_PARTS; part++) {
            String headers = headers(body);
            Matcher disposition = DISPOSITION.matcher(headers);
            String named = disposition.find() ? disposition.group(1) : "";
            InputStream content = new PartStream(body, delimiter);
            if (named.toLowerCase(Locale.ROOT).contains("filename")) {
                return new Incoming(FileName.of(Optional.of(named)), content);
            }
            if (content.skip(MOST_FIELD) == MOST_FIELD) {
                throw new BadUpload(400, "a field of the form is too long");
            }
        }
        throw new BadUpload(400, "expected a file in the form");
    }

    /** The lines up to the empty one. */
    private static String headers(InputStream body) throws IOException, BadUpload {
        StringBuilder text = new StringBuilder();
        while (text.length() < MOST_HEADERS) {
            int next = body.read();
            if (next < 0 || (text.length() == 1 && text.charAt(0) == '-' && next == '-')) {
                throw new BadUpload(400, "expected a file in the form");
            }
            text.append((char) next);
            if (text.length() >= 4 && text.substring(text.length() - 4).equals("\r\n\r\n")) {
                return text.toString().replace("\r\n", "\n");
            }
        }
        throw new BadUpload(400, "the headers of the form are too long");
    }

    /** Up to a delimiter, which it takes. The end of the body before that is a failure. */
    private static final class PartStream extends InputStream {

        private final BufferedInputStream body;
        private final byte[] delimiter;
        private boolean ended;

        PartStream(BufferedInputStream body, String delimiter) {
            this.body = body;
            this.delimiter = delimiter.getBytes(ISO_8859_1);
        }

        @Override
        public int read() throws IOException {
            if (ended) {
                return -1;
            }
            int next = body.read();
            if (next < 0) {
                throw new EOFException("the form ended before its boundary");
            }
            if (next != delimiter[0]) {
                return next;
            }
            body.mark(delimiter.length);
            for (int at = 1; at < delimiter.length; at++) {
                if (body.read() != delimiter[at]) {
                    body.reset();
                    return next;
                }
            }
            ended = true;
            return -1;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            int count = 0;
            while (count < most) {
                int next = read();
                if (next < 0) {
                    return count == 0 && most > 0 ? -1 : count;
                }
                into[from + count++] = (byte) next;
            }
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = 0;
            while (skipped < count && read() >= 0) {
                skipped++;
            }
            return skipped;
        }
    }

    /** A body that has to be as long as it said: some containers tell of a client that went away by an early end. */
    private static final class WholeStream extends InputStream {

        private final InputStream body;
        private final long length;
        private long count;

        WholeStream(InputStream body, long length) {
            this.body = body;
            this.length = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            int got = body.read(into, from, most);
            if (got < 0 && length >= 0 && count < length) {
                throw new EOFException("the body ended after " + count + " of " + length + " bytes");
            }
            count += Math.max(got, 0);
            return got;
        }
    }
}
