package io.embedim.examples.demo;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** What somebody asks over HTTP, whatever the container. */
interface Question {

    /** Such as {@code GET}. */
    String method();

    /** The path, from the slash on, without the query. */
    String path();

    /** A header, by its name in whatever case. */
    Optional<String> header(String name);

    /** The address that it came from: a client's, or a proxy's. */
    String from();

    /** What was sent along; the same one each time. */
    InputStream stream() throws IOException;

    /**
     * What was sent along.
     *
     * @param most how many bytes to read at the most
     */
    default byte[] body(int most) throws IOException {
        return stream().readNBytes(most);
    }

    /** Whether it asks and changes nothing. */
    default boolean isRead() {
        return method().equals("GET") || method().equals("HEAD");
    }
}
