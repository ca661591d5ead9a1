package io.embedim.war.probe;

import io.embedim.ImListener;
import io.embedim.connection.CloseReason;
import io.embedim.connection.Handshake;
import io.embedim.model.ConnectionId;
import io.embedim.session.Session;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/** What the chat server knows of clients that ask to be watched by {@code ?probe=name}. */
@ApplicationScoped
public class Facts implements ImListener {

    private final Map<String, Properties> byName = new ConcurrentHashMap<>();
    private final Map<ConnectionId, Properties> byConnection = new ConcurrentHashMap<>();

    @Override
    public void connected(Session session, Handshake handshake) {
        handshake.queryParameter("probe").ifPresent(name -> {
            Properties facts = new Properties();
            facts.setProperty("path", handshake.path());
            facts.setProperty("header", handshake.header("X-Test").orElse(""));
            facts.setProperty("language", handshake.language().toLanguageTag());
            facts.setProperty("tickets", String.join("|", handshake.query().getOrDefault("ticket", List.of())));
            facts.setProperty("name", handshake.queryParameter("名").orElse(""));
            facts.setProperty("address", handshake.remoteAddress().orElse(""));
            facts.setProperty(
                    "principal", handshake.principal().map(Principal::getName).orElse(""));
            facts.setProperty("subprotocol", handshake.subprotocol());
            byConnection.put(session.id(), facts);
            byName.put(name, facts);
        });
    }

    @Override
    public void closed(Session session, CloseReason reason) {
        Properties facts = byConnection.remove(session.id());
        if (facts != null) {
            facts.setProperty("closed", reason.code() + " " + reason.text());
        }
    }

    Properties of(String name) {
        return byName.getOrDefault(name, new Properties());
    }
}
