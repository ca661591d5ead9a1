package io.embedim.examples.demo;

import io.embedim.connection.Handshake;
import io.embedim.model.Identity;
import io.embedim.security.Authentication;
import io.embedim.security.Authenticator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The demo's logins: random tickets, kept in memory, the oldest forgotten past a limit. Whoever asks for a ticket gets one, under any free name and without a password: this
 * shows where a proof goes, not how to get one.
 */
final class Tickets implements Authenticator {

    static final Duration LIFETIME = Duration.ofHours(12);
    private static final int MAX = 10_000;

    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;
    private final Map<String, Identity> issued = new LinkedHashMap<>();

    Tickets() {
        this(InstantSource.system());
    }

    Tickets(InstantSource clock) {
        this.clock = clock;
    }

    String issue(Person person) {
        byte[] bits = new byte[18];
        random.nextBytes(bits);
        String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        Identity identity =
                new Identity(person.user(), person.name(), null, clock.instant().plus(LIFETIME));
        synchronized (issued) {
            issued.put(ticket, identity);
            if (issued.size() > MAX) {
                issued.remove(issued.keySet().iterator().next());
            }
        }
        return ticket;
    }

    Optional<Identity> find(String ticket) {
        Identity identity;
        synchronized (issued) {
            identity = issued.get(ticket);
        }
        return Optional.ofNullable(identity).filter(this::isValid);
    }

    /** The ticket is in the query, because a browser's WebSocket sends no header of the page's choice. */
    @Override
    public CompletionStage<Authentication> authenticate(Handshake handshake) {
        Authentication answer = handshake
                .queryParameter("ticket")
                .flatMap(this::find)
                .<Authentication>map(Authentication.Accepted::new)
                .orElseGet(() -> new Authentication.Refused(401, "no ticket, or not a valid one"));
        return CompletableFuture.completedFuture(answer);
    }

    private boolean isValid(Identity identity) {
        Instant end = identity.expiresAt();
        return end == null || clock.instant().isBefore(end);
    }
}
