package io.embedim.jakarta;

import java.util.Objects;

/** How an endpoint is registered. Immutable. */
public final class ImEndpointOptions {

    private static final ImEndpointOptions DEFAULTS = new ImEndpointOptions(AllowedOrigins.sameHost(), true, false);

    private final AllowedOrigins origins;
    private final boolean authenticateBeforeUpgrade;
    private final boolean closeServerWithContext;

    private ImEndpointOptions(
            AllowedOrigins origins, boolean authenticateBeforeUpgrade, boolean closeServerWithContext) {
        this.origins = Objects.requireNonNull(origins, "origins");
        this.authenticateBeforeUpgrade = authenticateBeforeUpgrade;
        this.closeServerWithContext = closeServerWithContext;
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
        return new ImEndpointOptions(allowed, authenticateBeforeUpgrade, closeServerWithContext);
    }

    /**
     * Whether the handshake filter asks the {@code Authenticator} and answers a refused client with an HTTP status. Where the principal comes from another filter, which
     * runs behind this one, say false: then the client is decided upon after the upgrade, and a refused one is closed with 4100.
     *
     * @param before true for an HTTP status
     * @return a copy
     */
    public ImEndpointOptions withAuthenticationBeforeUpgrade(boolean before) {
        return new ImEndpointOptions(origins, before, closeServerWithContext);
    }

    /**
     * Whether the end of the web application (or {@link ImEndpoints.Registration#close()}) closes the {@code ImServer} too. False by default, because a server can stand
     * behind several endpoints and belongs to who has made it.
     *
     * @param close true to close it
     * @return a copy
     */
    public ImEndpointOptions withCloseServerWithContext(boolean close) {
        return new ImEndpointOptions(origins, authenticateBeforeUpgrade, close);
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
}
