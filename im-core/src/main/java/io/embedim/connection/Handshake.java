package io.embedim.connection;

import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a client said when it connected. Immutable, safe for use by any thread; the core does not keep it longer than the connection takes to open.
 *
 * <p>{@link #toString()} shows the path only: headers and query may carry tickets.
 */
public final class Handshake {

    private final String path;
    private final Map<String, List<String>> headers;
    private final Map<String, List<String>> query;
    private final @Nullable Principal principal;
    private final @Nullable String remoteAddress;
    private final String subprotocol;

    private Handshake(Builder builder) {
        this.path = builder.path;
        TreeMap<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        builder.headers.forEach((name, values) -> sorted.merge(name, List.copyOf(values), Handshake::join));
        this.headers = java.util.Collections.unmodifiableMap(sorted);
        this.query = Map.copyOf(builder.query);
        this.principal = builder.principal;
        this.remoteAddress = builder.remoteAddress;
        this.subprotocol = builder.subprotocol;
    }

    /**
     * A handshake to be filled in.
     *
     * @param path the path of the request, such as {@code /im}
     * @return a builder
     */
    public static Builder at(String path) {
        return new Builder(path);
    }

    /**
     * The path of the request.
     *
     * @return the path, without the query
     */
    public String path() {
        return path;
    }

    /**
     * The first value of a header.
     *
     * @param name its name, in any case
     * @return the value, or empty where the header did not come
     */
    public Optional<String> header(String name) {
        List<String> values = headers.get(name);
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    /**
     * All headers.
     *
     * @return values by name, the names in any case; immutable
     */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /**
     * The first value of a query parameter.
     *
     * @param name its name
     * @return the decoded value, or empty where the parameter did not come
     */
    public Optional<String> queryParameter(String name) {
        List<String> values = query.get(name);
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    /**
     * All query parameters.
     *
     * @return decoded values by name; immutable
     */
    public Map<String, List<String>> query() {
        return query;
    }

    /**
     * Who the container says it is.
     *
     * @return the principal, or empty where the container authenticated nobody
     */
    public Optional<Principal> principal() {
        return Optional.ofNullable(principal);
    }

    /**
     * The address of the TCP peer, as far as the container tells it; behind a proxy that is the proxy's.
     *
     * @return an IP address in text form, or empty where it is not known
     */
    public Optional<String> remoteAddress() {
        return Optional.ofNullable(remoteAddress);
    }

    /**
     * The WebSocket sub-protocol that was agreed.
     *
     * @return its name, or the empty text where there is none, which means the classic dialect
     */
    public String subprotocol() {
        return subprotocol;
    }

    /**
     * The language for answers with an error: English or Chinese, whichever {@code Accept-Language} prefers, and Chinese when it names neither.
     *
     * @return {@link Locale#ENGLISH} or {@link Locale#CHINESE}
     */
    public Locale language() {
        return header("Accept-Language").map(AcceptLanguage::preferred).orElse(Locale.CHINESE);
    }

    @Override
    public String toString() {
        return "Handshake[" + path + "]";
    }

    private static List<String> join(List<String> first, List<String> second) {
        return java.util.stream.Stream.concat(first.stream(), second.stream()).toList();
    }

    /** Fills in a {@link Handshake}. For one thread. */
    public static final class Builder {

        private final String path;
        private Map<String, List<String>> headers = Map.of();
        private Map<String, List<String>> query = Map.of();
        private @Nullable Principal principal;
        private @Nullable String remoteAddress;
        private String subprotocol = "";

        private Builder(String path) {
            this.path = path;
        }

        /**
         * Sets the headers.
         *
         * @param values by name, in any case
         * @return this
         */
        public Builder headers(Map<String, List<String>> values) {
            this.headers = values;
            return this;
        }

        /**
         * Sets the query parameters.
         *
         * @param values decoded values by name
         * @return this
         */
        public Builder query(Map<String, List<String>> values) {
            this.query = values;
            return this;
        }

        /**
         * Sets who the container says it is.
         *
         * @param who the principal, or null for nobody
         * @return this
         */
        public Builder principal(@Nullable Principal who) {
            this.principal = who;
            return this;
        }

        /**
         * Sets the address of the TCP peer.
         *
         * @param address an IP address in text form, or null where it is not known
         * @return this
         */
        public Builder remoteAddress(@Nullable String address) {
            this.remoteAddress = address;
            return this;
        }

        /**
         * Sets the sub-protocol that was agreed.
         *
         * @param name its name, or the empty text for none
         * @return this
         */
        public Builder subprotocol(String name) {
            this.subprotocol = name;
            return this;
        }

        /**
         * Makes the handshake.
         *
         * @return an immutable handshake
         */
        public Handshake build() {
            return new Handshake(this);
        }
    }
}
