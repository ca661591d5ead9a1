package io.embedim.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.ImServerBuilder;
import io.embedim.Moderation;
import io.embedim.model.GroupId;
import io.embedim.model.Identity;
import io.embedim.model.UserId;
import io.embedim.security.Authentication;
import io.embedim.security.Authenticator;
import io.embedim.security.GroupRules;
import io.embedim.security.InMemoryGroupRules;
import io.embedim.security.ModeratedPolicy;
import io.embedim.session.InMemoryMemberships;
import io.embedim.session.Membership;
import io.embedim.session.Memberships;
import io.embedim.testkit.ManualRuntime;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ModerationExampleTest {

    private static final GroupId GROUP = GroupId.of("100");
    private static final UserId ANNE = UserId.of("anne");
    private static final UserId TROLL = UserId.of("troll");

    private final Authenticator authenticator =
            handshake -> CompletableFuture.completedFuture(new Authentication.Accepted(Identity.of(ANNE)));

    @Test
    void anAdminModerates() {
        // tag::build[]
        Memberships memberships = new InMemoryMemberships();
        InMemoryGroupRules rules = new InMemoryGroupRules();
        ImServerBuilder builder = ImServer.builder()
                .authenticator(authenticator)
                .memberships(memberships)
                .accessPolicy(new ModeratedPolicy(memberships, rules, Clock.systemUTC()));
        // end::build[]
        ManualRuntime runtime = new ManualRuntime();
        try (ImServer server = builder.runtime(runtime).build()) {
            GroupId group = GROUP;
            UserId anne = ANNE;
            UserId troll = TROLL;
            // tag::moderate[]
            Moderation moderation = server.moderation();
            moderation.setRole(group, anne, Membership.Role.ADMIN);

            // In the servlet that Anne's browser calls:
            Moderation byAnne = moderation.by(anne);
            byAnne.mute(group, troll, Duration.ofMinutes(10));
            byAnne.kick(group, troll);
            byAnne.ban(group, troll, Duration.ofDays(7));
            // end::moderate[]
            // tag::rules[]
            rules.set(group, GroupRules.NONE.withAnnounceOnly(true));
            rules.set(group, GroupRules.NONE.withSlowMode(Duration.ofSeconds(30)));
            // end::rules[]
            runtime.runAll();

            assertThat(memberships.find(troll, group).toCompletableFuture().join())
                    .hasValueSatisfying(kept -> {
                        assertThat(kept.isBanned(runtime.now().plus(Duration.ofDays(6))))
                                .isTrue();
                        assertThat(kept.isMuted(runtime.now())).isTrue();
                        assertThat(kept.isMember()).isFalse();
                    });
        }
    }
}
