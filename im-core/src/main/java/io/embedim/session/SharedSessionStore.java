package io.embedim.session;

import io.embedim.cluster.NodeId;
import io.embedim.model.ConnectionId;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.protocol.Sender;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A session store of several nodes, which can be cleaned up after one that has died (SPI). Beside the rules of {@link SessionStore}:
 *
 * <ul>
 *   <li>S9 {@code ofNode} finds the sessions whose last state names that node, and no others.
 *   <li>S10 {@code reap} removes a session only while its last state names that node, and of several at once one is told that it did. It is not final as {@link #remove} is: a connection
 *       whose node was only cut off is put again under the node's new id.
 * </ul>
 *
 * <p><b>How to test it.</b> {@code SharedSessionStoreContract} in im-testkit.
 */
public interface SharedSessionStore extends SessionStore {

    /**
     * A session of a node that has died, as it was.
     *
     * @param session the session
     * @param sender who its client last said it was, or null where it said nothing
     */
    record Reaped(Session session, @Nullable Sender sender) {}

    /**
     * Keeps a session, as {@link #put(Session, long)} does, and who its client says it is: if the node dies, its groups are told who has left.
     *
     * @param session the session as it is now
     * @param version higher than that of every earlier state of this session; 1 or more
     * @param sender who its client last said it was, or null
     * @return completes when kept, or when found to be outdated
     */
    CompletionStage<Void> put(Session session, long version, @Nullable Sender sender);

    @Override
    default CompletionStage<Void> put(Session session, long version) {
        return put(session, version, null);
    }

    /**
     * The sessions of a node, dead ones too (S9).
     *
     * @param node the node
     * @param page which page
     * @return a page of sessions, in an order of the store's own
     */
    CompletionStage<Page<Session>> ofNode(NodeId node, PageRequest page);

    /**
     * Forgets a session of a node that has died (S10).
     *
     * @param id the connection
     * @param node the node
     * @return what was removed, for the one who did; else empty
     */
    CompletionStage<Optional<Reaped>> reap(ConnectionId id, NodeId node);
}
