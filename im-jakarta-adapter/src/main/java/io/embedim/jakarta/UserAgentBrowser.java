package io.embedim.jakarta;

import io.embedim.connection.Handshake;
import io.embedim.session.Session;
import io.embedim.session.SessionAttributes;
import java.util.Map;
import ua_parser.Parser;

/**
 * Keeps the client's browser with its session, as the original did: {@link Session#BROWSER} is a name such as {@code Chrome}, or {@code 未知} where {@code User-Agent} names none.
 *
 * <p>Needs {@code com.github.ua-parser:uap-java} on the class path, which this library only suggests. Make one and share it: reading its list of browsers takes a moment. Safe
 * for use by any thread.
 */
public final class UserAgentBrowser implements SessionAttributes {

    private static final String UNKNOWN = "未知";

    /** The name stands in the first few hundred characters, and the parser tries hundreds of patterns on all of them. */
    private static final int MAX_LENGTH = 512;

    private final Parser parser = new Parser();

    /** Reads the list of browsers. */
    public UserAgentBrowser() {}

    @Override
    public Map<String, String> from(Handshake handshake) {
        return Map.of(
                Session.BROWSER, handshake.header("User-Agent").map(this::name).orElse(UNKNOWN));
    }

    private String name(String userAgent) {
        String family = parser.parseUserAgent(userAgent.substring(0, Math.min(userAgent.length(), MAX_LENGTH))).family;
        return family == null || family.equals("Other") ? UNKNOWN : family;
    }
}
