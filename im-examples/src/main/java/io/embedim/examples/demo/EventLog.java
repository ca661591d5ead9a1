package io.embedim.examples.demo;

import io.embedim.ImListener;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.model.GroupId;
import io.embedim.model.LogText;
import io.embedim.session.Session;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line for each client that comes, joins and goes; none of what is said. */
final class EventLog implements ImListener {

    private static final Logger LOG = LoggerFactory.getLogger("io.embedim.examples.demo");

    @Override
    public void connected(Session session, Handshake handshake) {
        String address = session.attributes().getOrDefault(Session.CLIENT_IP, "?");
        LOG.info("event=connected connection={} address={}", session.id(), LogText.line(address));
    }

    @Override
    public void bound(Session session) {
        LOG.info("event=bound connection={} user={}", session.id(), user(session));
    }

    @Override
    public void joined(Session session, GroupId group) {
        LOG.info("event=joined connection={} group={}", session.id(), LogText.line(group));
    }

    @Override
    public void closed(Session session, CloseReason reason) {
        LOG.info("event=closed connection={} user={} code={}", session.id(), user(session), reason.code());
    }

    private static String user(Session session) {
        return Optional.ofNullable(session.user()).map(LogText::line).orElse("-");
    }
}
