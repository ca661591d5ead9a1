package io.embedim.security;

import io.embedim.connection.Handshake;
import io.embedim.model.Identity;
import io.embedim.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Tickets that prove by their signature who a client is, so that no server has to remember them: JSON Web Tokens, signed with HMAC-SHA-256 ({@code HS256}).
 *
 * <p>The application that knows its user {@linkplain #issue issues} one, with this class or with any library for JSON Web Tokens in any language; the client shows it in the
 * header {@code Authorization: Bearer …}, in the query parameter {@code ticket}, or in a frame. Who has a ticket is its user until it expires: issue them for minutes, over
 * TLS only. Servers and proxies write queries into their logs; a ticket in {@linkplain #inFirstFrame() the first frame} is in none.
 *
 * <p>Believed is only: header {@code alg} HS256 and {@code kid} the id of an accepted key; payload {@code sub} the user, {@code aud} this audience, {@code exp} in the future and
 * {@code nbf}, where there is one, in the past, both in whole seconds; {@code name} and {@code picture}, where they are there, fix name and avatar. Other fields are ignored,
 * but for {@code crit}, which is refused. At most 4,096 characters. Source: RFC 7515, 7518, 7519, 8725.
 *
 * <p>Immutable, safe for use by any thread; nothing blocks.
 */
public final class SignedTickets implements TicketAuthenticator {

    /** The audience of tickets where nothing else is set. */
    public static final String AUDIENCE = "im";

    private static final String BEARER = "Bearer ";

    private final Supplier<TicketKeys> keys;
    private final InstantSource clock;
    private final String audience;
    private final boolean mayComeLater;

    private SignedTickets(Supplier<TicketKeys> keys, InstantSource clock, String audience, boolean mayComeLater) {
        this.keys = keys;
        this.clock = clock;
        this.audience = audience;
        this.mayComeLater = mayComeLater;
    }

    /**
     * Tickets with keys that stay as they are.
     *
     * @param keys the keys
     * @return tickets for the audience {@value #AUDIENCE}, by the system's clock
     */
    public static SignedTickets of(TicketKeys keys) {
        Objects.requireNonNull(keys, "keys");
        return new SignedTickets(() -> keys, InstantSource.system(), AUDIENCE, false);
    }

    /**
     * Tickets with keys that are rotated while the server runs.
     *
     * @param keys asked for each ticket, by any thread; must answer at once
     * @return tickets for the audience {@value #AUDIENCE}, by the system's clock
     */
    public static SignedTickets of(Supplier<TicketKeys> keys) {
        return new SignedTickets(keys, InstantSource.system(), AUDIENCE, false);
    }

    /**
     * The same for another audience: tickets that the same secret signs for other purposes are not believed.
     *
     * @param name the one value of {@code aud}
     * @return a copy
     */
    public SignedTickets forAudience(String name) {
        return new SignedTickets(keys, clock, Objects.requireNonNull(name, "name"), mayComeLater);
    }

    /**
     * The same with another clock.
     *
     * @param source the time of day
     * @return a copy
     */
    public SignedTickets withClock(InstantSource source) {
        return new SignedTickets(keys, source, audience, mayComeLater);
    }

    /**
     * The same, but a client may also connect without a ticket and show it in its first frame. A handshake with a ticket that is not valid is still refused.
     *
     * @return a copy
     */
    public SignedTickets inFirstFrame() {
        return new SignedTickets(keys, clock, audience, true);
    }

    /**
     * Makes a ticket for a user who may choose name and avatar in each frame.
     *
     * @param user the user
     * @param lifetime how long it is valid; a second or more
     * @return the ticket: letters, digits, {@code . _ -}
     * @throws IllegalArgumentException if the lifetime is shorter
     */
    public String issue(UserId user, Duration lifetime) {
        if (lifetime.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("lifetime is " + lifetime + "; expected a second or more");
        }
        return issue(new Identity(user, null, null, clock.instant().plus(lifetime)));
    }

    /**
     * Makes a ticket.
     *
     * @param identity who it proves, and until when, cut to whole seconds; name and avatar are fixed where they are given
     * @return the ticket: letters, digits, {@code . _ -}
     * @throws IllegalArgumentException if it would never expire, or not be valid: name or avatar without letters, name above 64 code points or with a lone surrogate, more than
     *     4,096 characters in all
     */
    public String issue(Identity identity) {
        return SignedTicket.write(keys.get(), audience, identity, clock.instant());
    }

    @Override
    public CompletionStage<Authentication> authenticate(Handshake handshake) {
        List<String> shown = new ArrayList<>(handshake.query().getOrDefault("ticket", List.of()));
        for (String header : handshake.headers().getOrDefault("Authorization", List.of())) {
            if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                shown.add(header.substring(BEARER.length()).strip());
            }
        }
        if (shown.isEmpty()) {
            return answer(mayComeLater ? new Authentication.Pending() : new Authentication.Refused(401, "no ticket"));
        }
        return shown.size() == 1
                ? authenticate(shown.get(0))
                : answer(new Authentication.Refused(401, "more than one ticket"));
    }

    @Override
    public CompletionStage<Authentication> authenticate(String ticket) {
        try {
            return answer(new Authentication.Accepted(read(ticket)));
        } catch (SignedTicket.Invalid e) {
            return answer(new Authentication.Refused(401, e.reason()));
        }
    }

    private Identity read(String ticket) throws SignedTicket.Invalid {
        Instant now = clock.instant();
        return SignedTicket.read(keys.get(), audience, ticket, now);
    }

    private static CompletionStage<Authentication> answer(Authentication answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
