package io.embedim.war.probe;

import io.embedim.ImServer;
import io.embedim.ImServerBuilder;
import io.embedim.model.Identity;
import io.embedim.model.Limits;
import io.embedim.model.UserId;
import io.embedim.protocol.ValidationRules;
import io.embedim.security.Authentication;
import io.embedim.security.Authenticator;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Servers with other settings, by the paths of their endpoints. */
@ApplicationScoped
public class Servers {

    private final Map<String, ImServer> byPath = new ConcurrentHashMap<>();

    @Inject
    private Facts facts;

    @PostConstruct
    void open() {
        ValidationRules rules = ValidationRules.defaults();
        open("/avatar", ImServer.builder().classicProfile().validationRules(rules.withAvatarRequired(true)));
        open("/wide", ImServer.builder().classicProfile().validationRules(rules.withMaxContent(20_000)));
        Limits limits = Limits.defaults().withIdleTime(Duration.ofSeconds(1));
        open("/impatient", ImServer.builder().classicProfile().limits(limits));
        open("/ticket", ImServer.builder().authenticator(byTicket()));
        open("/principal", ImServer.builder().authenticator(Authenticator.containerPrincipal()));
    }

    private void open(String path, ImServerBuilder builder) {
        byPath.put(path, builder.listener(facts).build());
    }

    /** Completes later, as one that asks a database. */
    private static Authenticator byTicket() {
        return handshake -> CompletableFuture.supplyAsync(() -> handshake
                .queryParameter("ticket")
                .<Authentication>map(user -> new Authentication.Accepted(Identity.of(UserId.of(user))))
                .orElseGet(() -> new Authentication.Refused(401, "no ticket")));
    }

    Map<String, ImServer> byPath() {
        return byPath;
    }

    @PreDestroy
    void close() {
        byPath.values().forEach(ImServer::close);
    }
}
