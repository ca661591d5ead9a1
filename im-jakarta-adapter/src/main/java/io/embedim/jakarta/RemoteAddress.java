package io.embedim.jakarta;

import jakarta.websocket.Session;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The address of a client where no filter in front could see it. */
final class RemoteAddress {

    /** Jetty's name, agreed for a later version of the API. */
    private static final String PROPERTY = "jakarta.websocket.endpoint.remoteAddress";

    private RemoteAddress() {}

    static @Nullable String of(Session session) {
        if (session.getUserProperties().get(PROPERTY) instanceof InetSocketAddress socket) {
            InetAddress address = socket.getAddress();
            return address == null ? null : address.getHostAddress();
        }
        try {
            // Tyrus' own session; asked by name, because nothing else here needs Tyrus.
            return session.getClass().getMethod("getRemoteAddr").invoke(session) instanceof String address
                    ? address
                    : null;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }
}
