package io.embedim.jakarta;

import io.embedim.connection.Handshake;
import io.embedim.security.Authentication;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a client between its handshake and its session. Travels in the user properties, which all containers keep for each connection apart.
 *
 * @param handshake what the client said; where no filter was in front, without its address
 * @param gate what the filter in front has found, or null
 * @param originAllowed whether it may come from its web page
 * @param pipes the connections of the endpoint
 */
record Arrival(Handshake handshake, @Nullable Admission gate, boolean originAllowed, Pipes pipes) {

    private static final String KEY = "io.embedim.jakarta.arrival";

    static void leave(ServerEndpointConfig config, HandshakeRequest request, AllowedOrigins origins, Pipes pipes) {
        Admission admission = Admission.current();
        // Who comes through a filter belongs to what the filter stands for, and is closed with it.
        Pipes owner = admission == null ? pipes : admission.pipes();
        Handshake handshake = Handshake.at(request.getRequestURI().getPath())
                .headers(joined(request.getHeaders()))
                .query(QueryString.parse(request.getQueryString()))
                .principal(request.getUserPrincipal())
                .remoteAddress(admission == null ? null : admission.remoteAddress())
                .build();
        // Not put: the maps of all containers then keep room for more, for as long as the connection.
        config.getUserProperties()
                .putAll(Map.of(KEY, new Arrival(handshake, admission, origins.allow(handshake), owner)));
    }

    /** Takes it out, so that headers are not kept as long as the session. */
    static @Nullable Arrival take(Session session, EndpointConfig config) {
        Object here = session.getUserProperties().remove(KEY);
        Object there = config.getUserProperties().remove(KEY);
        return here instanceof Arrival arrival ? arrival : there instanceof Arrival arrival ? arrival : null;
    }

    /** What the client said, with what only the session knows. */
    Handshake complete(Session session) {
        String subprotocol = session.getNegotiatedSubprotocol();
        return Handshake.at(handshake.path())
                .headers(handshake.headers())
                .query(handshake.query())
                .principal(handshake.principal().orElse(null))
                .remoteAddress(handshake.remoteAddress().orElseGet(() -> RemoteAddress.of(session)))
                .subprotocol(subprotocol == null ? "" : subprotocol)
                .build();
    }

    /** What the filter has been told by this very server, or null. */
    @Nullable
    Authentication authenticationBy(Core core) {
        return gate != null && gate.core().equals(core) ? gate.authentication() : null;
    }

    /** One value for each header (RFC 9110 section 5.3), because Tyrus cuts values at their commas, also where they mean something else. */
    static Map<String, List<String>> joined(Map<String, List<String>> headers) {
        Map<String, List<String>> joined = new HashMap<>();
        headers.forEach((name, values) -> joined.put(name, List.of(String.join(", ", values))));
        return joined;
    }
}
