package io.embedim.jakarta;

import java.util.Objects;

/** How an endpoint is registered. Immutable. */
public final class ImEndpointOptions {

    private static final ImEndpointOptions DEFAULTS =
            new ImEndpointOptions(AllowedOrigins.sameHost(), true, false, false);

    private final AllowedOrigins origins;
    private final boolean authenticateBeforeUpgrade;
    private final boolean closeServerWithContext;
    private final boolean standardApiOnly;

    private ImEndpointOptions(
            AllowedOrigins origins,
            boolean authenticateBeforeUpgrade,
            boolean closeServerWithContext,
            boolean standardApiOnly) {
        this.origins = Objects.requireNonNull(origins, "origins");
        this.authenticateBeforeUpgrade = authenticateBeforeUpgrade;
        this.closeServerWithContext = closeServerWithContext;
        this.standardApiOnly = standardApiOnly;
    }

    /**
     * Pages of the same host, clients decided upon before the upgrade, and the application closes its server itself.
     *
     * @return the defaults
     */
    public static ImEndpointOptions defaults() {
        return DEFAULTS;
    }

    /**
     * From which web pages browsers may connect.
     *
     * @param allowed the rule
     * @return a copy
     */
    public ImEndpointOptions withOrigins(AllowedOrigins allowed) {
        return new ImEndpointOptions(allowed, authenticateBeforeUpgrade, closeServerWithContext, standardApiOnly);
    }

    /**
     * Whether the handshake filter asks the {@code Authenticator} and answers a refused client with an HTTP status. Where the principal comes from another filter, which
     * runs behind this one, say false: then the client is decided upon after the upgrade, and a refused one is closed with 4100.
     *
     * @param before true for an HTTP status
     * @return a copy
     */
    public ImEndpointOptions withAuthenticationBeforeUpgrade(boolean before) {
        return new ImEndpointOptions(origins, before, closeServerWithContext, standardApiOnly);
    }

    /**
     * Whether the end of the web application (or {@link ImEndpoints.Registration#close()}) closes the {@code ImServer} too. False by default, because a server can stand
     * behind several endpoints and belongs to who has made it.
     *
     * @param close true to close it
     * @return a copy
     */
    public ImEndpointOptions withCloseServerWithContext(boolean close) {
        return new ImEndpointOptions(origins, authenticateBeforeUpgrade, close, standardApiOnly);
    }

    /**
     * Whether nothing of a container is used but the standard API. False by default: in Tomcat and Tyrus, messages are then sent as bytes that are encoded once, and several as one
     * buffer, by methods and fields that are not public, which under load costs a quarter and a fifteenth; where one is not to be reached, the standard API is used anyway. Say true if
     * such a thing is not wanted.
     * For an {@link AbstractImEndpoint} it holds where {@link ImEndpoints#guard} stands in front.
     *
     * @param only true for the standard API alone
     * @return a copy
     */
    public ImEndpointOptions withStandardApiOnly(boolean only) {
        return new ImEndpointOptions(origins, authenticateBeforeUpgrade, closeServerWithContext, only);
    }

    AllowedOrigins origins() {
        return origins;
    }

    boolean authenticateBeforeUpgrade() {
        return authenticateBeforeUpgrade;
    }

    boolean closeServerWithContext() {
        return closeServerWithContext;
    }

    boolean standardApiOnly() {
        return standardApiOnly;
    }
}
