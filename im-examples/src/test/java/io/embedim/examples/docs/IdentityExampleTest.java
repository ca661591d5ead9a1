package io.embedim.examples.docs;

import static io.embedim.testkit.RecordingConnectionAssert.assertThat;

import io.embedim.ImServer;
import io.embedim.ImServerBuilder;
import io.embedim.connection.Handshake;
import io.embedim.model.GroupId;
import io.embedim.model.Identity;
import io.embedim.model.UserId;
import io.embedim.security.AccessPolicy;
import io.embedim.security.Actor;
import io.embedim.security.Authentication;
import io.embedim.security.Authenticator;
import io.embedim.security.Decision;
import io.embedim.session.Session;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.RecordingConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class IdentityExampleTest {

    private static final String SPEAK =
            "{\"event\":\"speak\",\"mode\":1,\"group_id\":0,\"from_user_id\":\"alice\",\"from_username\":\"Alice\",\"to_user_id\":\"bob\",\"content\":\"hi\"}";

    private final ManualRuntime runtime = new ManualRuntime();

    // tag::ticket[]
    /** Takes the user from a ticket in the query, such as {@code /im?ticket=…}. */
    static final class QueryAuthenticator implements Authenticator {

        private final Tickets tickets;

        QueryAuthenticator(Tickets tickets) {
            this.tickets = tickets;
        }

        @Override
        public CompletionStage<Authentication> authenticate(Handshake handshake) {
            return handshake
                    .queryParameter("ticket")
                    .map(ticket -> tickets.look(ticket).thenApply(QueryAuthenticator::decide))
                    .orElseGet(() -> CompletableFuture.completedFuture(new Authentication.Refused(401, "no ticket")));
        }

        private static Authentication decide(List<Ticket> found) {
            if (found.isEmpty()) {
                return new Authentication.Refused(401, "unknown ticket");
            }
            Ticket ticket = found.get(0);
            return new Authentication.Accepted(
                    new Identity(UserId.of(ticket.user()), ticket.displayName(), null, ticket.expiresAt()));
        }
    }

    /** The application's own. Must not block: what looks into a database completes the stage later. */
    interface Tickets {
        CompletionStage<List<Ticket>> look(String ticket);
    }

    record Ticket(String user, String displayName, Instant expiresAt) {}
    // end::ticket[]

    // tag::policy[]
    /** Friends speak to each other; everybody may join; who has joined may speak in the group. */
    static final class FriendsPolicy implements AccessPolicy {

        private final Map<UserId, Set<UserId>> friends;

        FriendsPolicy(Map<UserId, Set<UserId>> friends) {
            this.friends = friends;
        }

        @Override
        public CompletionStage<Decision> join(Actor actor, GroupId group) {
            return Decision.now(true);
        }

        @Override
        public CompletionStage<Decision> speak(Actor actor, GroupId group) {
            return Decision.now(actor.hasJoined(group));
        }

        @Override
        public CompletionStage<Decision> speak(Actor actor, UserId to) {
            return Decision.now(friends.getOrDefault(actor.user(), Set.of()).contains(to));
        }
    }
    // end::policy[]

    @Test
    void theContainersPrincipalIsTheUser() {
        // tag::principal[]
        ImServerBuilder builder = ImServer.builder().authenticator(Authenticator.containerPrincipal());
        // end::principal[]

        RecordingConnection client = open(
                builder, Handshake.at("/im").principal(() -> "alice").build(), SPEAK.replace("\"alice\"", "\"eve\""));

        assertThat(client)
                .hasReceived("{\"code\":403,\"msg\":\"发送者与当前登录用户不一致\",\"data\":" + SPEAK.replace("\"alice\"", "\"eve\"")
                        + "}")
                .isOpen();
    }

    @Test
    void aTicketFixesTheNameToo() {
        Tickets tickets = ticket -> CompletableFuture.completedFuture(
                ticket.equals("t-1") ? List.of(new Ticket("alice", "Alice", Instant.MAX)) : List.of());
        Handshake handshake =
                Handshake.at("/im").query(Map.of("ticket", List.of("t-1"))).build();

        RecordingConnection client = open(
                ImServer.builder().authenticator(new QueryAuthenticator(tickets)),
                handshake,
                SPEAK.replace("Alice", "Admin"));

        assertThat(client)
                .hasReceived(
                        "{\"code\":403,\"msg\":\"发送者与当前登录用户不一致\",\"data\":" + SPEAK.replace("Alice", "Admin") + "}")
                .isOpen();
    }

    @Test
    void anUnknownTicketIsRefused() {
        Tickets tickets = ticket -> CompletableFuture.completedFuture(List.of());

        RecordingConnection client = open(
                ImServer.builder().authenticator(new QueryAuthenticator(tickets)),
                Handshake.at("/im").query(Map.of("ticket", List.of("x"))).build(),
                SPEAK);

        assertThat(client).hasReceivedNothing().isClosedWith(4100);
    }

    @Test
    void thePolicyRefusesStrangers() {
        RecordingConnection client = open(
                ImServer.builder().trustClaims().accessPolicy(new FriendsPolicy(Map.of())),
                Handshake.at("/im").build(),
                SPEAK);

        assertThat(client)
                .hasReceived("{\"code\":403,\"msg\":\"没有发送该消息的权限\",\"data\":" + SPEAK + "}")
                .isOpen();
    }

    @Test
    void theClassicProfileLetsEverybodyDoEverything() {
        // tag::classic[]
        ImServerBuilder builder = ImServer.builder().classicProfile();
        // end::classic[]

        RecordingConnection client = open(builder, Handshake.at("/im").build(), SPEAK);

        assertThat(client).hasReceivedNothing().isOpen();
    }

    @Test
    void theAddressIsWhatTheTrustedProxySays() {
        // tag::proxies[]
        ImServerBuilder builder = ImServer.builder().trustClaims().trustedProxies("10.0.0.0/8", "::1");
        // end::proxies[]
        Handshake handshake = Handshake.at("/im")
                .remoteAddress("10.0.0.7")
                .headers(Map.of("X-Forwarded-For", List.of("1.2.3.4, 203.0.113.9")))
                .build();

        ImServer server = builder.runtime(runtime).build();
        Session session = server.sessions()
                .find(server.open(new RecordingConnection(), handshake).id())
                .toCompletableFuture()
                .join()
                .orElseThrow();

        org.assertj.core.api.Assertions.assertThat(session.attributes()).containsEntry("client_ip", "203.0.113.9");
    }

    private RecordingConnection open(ImServerBuilder builder, Handshake handshake, String frame) {
        ImServer server = builder.runtime(runtime).build();
        RecordingConnection connection = new RecordingConnection();
        server.open(connection, handshake).received(frame, true);
        runtime.runAll();
        return connection;
    }
}
