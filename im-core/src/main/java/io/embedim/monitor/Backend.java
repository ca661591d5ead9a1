package io.embedim.monitor;

/** What a server asks, and what may fail to answer. */
public enum Backend {
    /** The {@code Broker}. */
    BROKER("broker"),
    /** The {@code SessionStore}. */
    SESSIONS("sessions"),
    /** The {@code Memberships}. */
    MEMBERSHIPS("memberships"),
    /** The {@code Bans}. */
    BANS("bans"),
    /** The {@code ClusterMembership}. */
    CLUSTER("cluster"),
    /** The {@code Authenticator}. */
    AUTHENTICATOR("authenticator"),
    /** The {@code AccessPolicy}. */
    POLICY("policy"),
    /** An {@code InboundInterceptor} or {@code OutboundInterceptor}. */
    INTERCEPTOR("interceptor");

    private final String label;

    Backend(String label) {
        this.label = label;
    }

    /**
     * How it is called in metrics and health views.
     *
     * @return the name, in lower case
     */
    public String label() {
        return label;
    }
}
