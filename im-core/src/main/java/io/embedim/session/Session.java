package io.embedim.session;

import io.embedim.cluster.NodeId;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.UserId;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one connection at one moment. Immutable; a change makes a new one with a higher version.
 *
 * @param id the connection
 * @param node the process that holds the connection
 * @param user the user that the connection is bound to, or null before a private join
 * @param groups the groups that the connection has joined
 * @param attributes what the application and the adapter keep with it; {@value #CLIENT_IP} and {@value #BROWSER} are set where they are known
 * @param openedAt when the connection was opened, by the node's clock
 */
public record Session(
        ConnectionId id,
        NodeId node,
        @Nullable UserId user,
        Set<GroupId> groups,
        Map<String, String> attributes,
        Instant openedAt) {

    /** The attribute with the client's address: the TCP peer's, or what a trusted proxy says. */
    public static final String CLIENT_IP = "client_ip";

    /** The attribute with the client's browser, or {@code 未知} where it is not known, as in the original. */
    public static final String BROWSER = "browser";

    /** Copies groups and attributes. */
    public Session {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(openedAt, "openedAt");
        groups = Set.copyOf(groups);
        attributes = Map.copyOf(attributes);
    }

    @Override
    public String toString() {
        return "Session[" + id + ", user=" + user + ", groups=" + groups.size() + "]";
    }
}
