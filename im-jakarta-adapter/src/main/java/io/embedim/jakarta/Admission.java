package io.embedim.jakarta;

import io.embedim.security.Authentication;
import org.jspecify.annotations.Nullable;

/**
 * What the filter in front of an endpoint has found, for the upgrade that runs inside it: containers do not show the servlet request to a configurator, but make the
 * upgrade on the filter's thread.
 *
 * @param core the server that was asked
 * @param remoteAddress the TCP peer
 * @param authentication who it is, or null where that is found out later
 * @param pipes where its connection belongs to
 */
record Admission(Core core, String remoteAddress, @Nullable Authentication authentication, Pipes pipes) {

    /** Set for the time of the filter chain only, so it never outlives a web application. */
    private static final ThreadLocal<Admission> CURRENT = new ThreadLocal<>();

    static @Nullable Admission current() {
        return CURRENT.get();
    }

    void enter() {
        CURRENT.set(this);
    }

    static void leave() {
        CURRENT.remove();
    }
}
