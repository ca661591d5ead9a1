package io.embedim.jakarta;

import io.embedim.connection.Handshake;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From which web pages browsers may connect: the defence against other people's pages that use the cookies of a visitor.
 *
 * <p>A request without an {@code Origin} header comes from no browser and is let in; the opaque origin {@code null} is refused by all but {@link #any()}. Immutable, safe
 * for use by any thread. Source: RFC 6454, RFC 6455 section 10.2.
 */
public final class AllowedOrigins {

    /** Those of pages, and of clients that are none and name the address that they connect to. */
    private static final Set<String> HTTP = Set.of("http", "https", "ws", "wss");

    private static final AllowedOrigins SAME_HOST = new AllowedOrigins(null);
    private static final AllowedOrigins ANY = new AllowedOrigins(null);

    private final @Nullable Set<String> listed;

    private AllowedOrigins(@Nullable Set<String> listed) {
        this.listed = listed;
    }

    /**
     * Pages of the host and port that the {@code Host} header names, over HTTP or HTTPS. The default. Behind a proxy that changes {@code Host}, list the origins.
     *
     * @return the rule
     */
    public static AllowedOrigins sameHost() {
        return SAME_HOST;
    }

    /**
     * All pages. Only safe where no cookie and no container login says who a client is.
     *
     * @return the rule
     */
    public static AllowedOrigins any() {
        return ANY;
    }

    /**
     * Pages of these origins and no others, not even of the same host.
     *
     * @param origins such as {@code https://chat.example.org} or {@code http://localhost:8080}
     * @return the rule
     * @throws IllegalArgumentException if one is no origin
     */
    public static AllowedOrigins of(String... origins) {
        return new AllowedOrigins(
                Arrays.stream(origins).map(AllowedOrigins::listed).collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether this origin alone decides, without the host that was asked for. */
    boolean needsHost() {
        return this == SAME_HOST;
    }

    boolean allow(Handshake handshake) {
        List<String> origins = handshake.headers().getOrDefault("Origin", List.of());
        String host = handshake.header("Host").orElse(null);
        return origins.stream().allMatch(origin -> allows(origin, host));
    }

    boolean allows(@Nullable String origin, @Nullable String host) {
        if (origin == null || this == ANY) {
            return true;
        }
        String normal = normal(origin);
        if (normal == null) {
            return false;
        }
        if (listed != null) {
            return listed.contains(normal);
        }
        String scheme = normal.substring(0, normal.indexOf("://"));
        return host != null && HTTP.contains(scheme) && normal.equals(normal(scheme + "://" + host));
    }

    private static String listed(String origin) {
        String normal = normal(origin);
        if (normal == null) {
            throw new IllegalArgumentException("'" + origin
                    + "' is no origin; expected a scheme, a host and maybe a port, such as https://chat.example.org");
        }
        return normal;
    }

    /** Lower case, with the port always, or null for what is no origin. */
    private static @Nullable String normal(String origin) {
        try {
            URI uri = new URI(origin.trim());
            String scheme = uri.getScheme();
            String host = uri.getHost();
            boolean plain = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
            if (scheme == null
                    || host == null
                    || !plain
                    || !(uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))) {
                return null;
            }
            String lower = scheme.toLowerCase(Locale.ROOT);
            int port = uri.getPort() >= 0 ? uri.getPort() : lower.equals("https") || lower.equals("wss") ? 443 : 80;
            return lower + "://" + host.toLowerCase(Locale.ROOT) + ":" + port;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
