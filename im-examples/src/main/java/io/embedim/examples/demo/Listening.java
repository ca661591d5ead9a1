package io.embedim.examples.demo;

import java.net.BindException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;

/** Where to listen, and why a container could not. */
final class Listening {

    private Listening() {}

    static InetAddress address(DemoOptions options) throws UsageException {
        try {
            return InetAddress.getByName(options.host());
        } catch (UnknownHostException e) {
            throw new UsageException(
                    "host '" + options.host() + "' is unknown; expected an address of this machine", e);
        }
    }

    /**
     * What the user has to change, where that is the reason.
     *
     * @throws IllegalStateException for every other reason
     */
    static UsageException failure(DemoOptions options, Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof SocketException)) {
            cause = cause.getCause();
        }
        String where = "port " + options.port() + " of " + options.host();
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof BindException && message.contains("in use")) {
            return new UsageException(where + " is taken; choose another with --port, or 0 for any free one", failure);
        }
        if (cause instanceof SocketException) {
            return new UsageException("cannot listen on " + where + ": " + message, failure);
        }
        throw new IllegalStateException(options.container().label() + " did not start", failure);
    }
}
