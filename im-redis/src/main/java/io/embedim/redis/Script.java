package io.embedim.redis;

import io.embedim.model.ImException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * A Lua script, by which Redis knows it once it was loaded.
 *
 * @param source its text
 * @param digest SHA-1 of that, in hexadecimal
 */
record Script(String source, String digest) {

    static final Script APPEND = of("log", "append");
    static final Script READ = of("log", "view", "read");
    static final Script UNREAD = of("log", "view", "unread");
    static final Script FIND = of("log", "find");
    static final Script SIGNAL = of("signal");
    static final Script SESSION_PUT = of("sessions", "session_put");
    static final Script SESSION_REMOVE = of("sessions", "session_remove");
    static final Script SESSION_FIND = of("sessions", "session_find");
    static final Script SESSION_LIST = of("sessions", "session_list");
    static final Script LEASE = of("sessions", "lease");
    static final Script MEMBERSHIPS = of("memberships");
    static final Script BANS = of("bans");
    static final Script DIRECTORY = of("directory");
    static final Script MARKS = of("marks");

    /** Run once, so not loaded. */
    static final Script RIGHTS = of("rights");

    /** To be loaded before they are used. */
    static List<Script> all() {
        return List.of(
                APPEND,
                READ,
                UNREAD,
                FIND,
                SIGNAL,
                SESSION_PUT,
                SESSION_REMOVE,
                SESSION_FIND,
                SESSION_LIST,
                LEASE,
                MEMBERSHIPS,
                BANS,
                DIRECTORY,
                MARKS);
    }

    /** From files of this package, one behind the other. */
    static Script of(String... names) {
        StringBuilder source = new StringBuilder();
        for (String name : names) {
            source.append(text(name + ".lua")).append('\n');
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest(source.toString().getBytes(StandardCharsets.UTF_8));
            return new Script(source.toString(), HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-1; every JDK has it", e);
        }
    }

    private static String text(String name) {
        try (InputStream in = Objects.requireNonNull(Script.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ImException(name + " could not be read from the jar", e);
        }
    }

    @Override
    public String toString() {
        return "Script[" + digest + "]";
    }
}
