package io.embedim.testkit.v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.V2Settings;
import io.embedim.model.Limits;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.v2.V2Clients.Client;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** V-NOTE 6: who watches somebody is told when he comes and goes, and nobody else is. */
class PresenceTest {

    private static final Duration ROUND = Duration.ofSeconds(5);

    private final ManualRuntime runtime = new ManualRuntime();
    private final V2Clients clients =
            new V2Clients(runtime, V2Clients.builder().v2(V2Settings.inMemory()).limits(Limits.defaults()));
    private Client ann;

    @BeforeEach
    void annHasSpokenWithBobAndCarl() {
        ann = clients.v2("ann");
        ann.say("'to_user_id':'bob'", "W".repeat(20), "hi").say("'to_user_id':'carl'", "W".repeat(21), "hi");
    }

    private List<JsonNode> watch(Client client, String users) {
        return client.ask("{'event':'presence','id':'w','users':[" + users + "],'watch':true}");
    }

    private static List<String> told(Client client) {
        return client.heard().stream()
                .filter(one -> one.path("event").asString().equals("presence"))
                .map(one -> one.path("id").asString("-") + one.path("users"))
                .toList();
    }

    private static String is(String user, boolean online) {
        return "-[{\"user_id\":\"" + user + "\",\"online\":" + online + "}]";
    }

    @Test
    void whoComesIsToldWithinARound() {
        assertThat(watch(ann, "'bob'").get(0).path("users").toString()).contains("\"online\":false");

        clients.v2("bob");
        runtime.advance(ROUND);

        assertThat(told(ann)).containsExactly(is("bob", true));
        runtime.advance(ROUND.multipliedBy(3));
        assertThat(told(ann)).isEmpty();
    }

    @Test
    void whoGoesIsToldInTheSecondRound() {
        Client bob = clients.v2("bob");
        watch(ann, "'bob'");

        bob.close();
        runtime.advance(ROUND);
        assertThat(told(ann)).isEmpty();
        runtime.advance(ROUND);

        assertThat(told(ann)).containsExactly(is("bob", false));
        clients.classic("bob");
        runtime.advance(ROUND);
        assertThat(told(ann)).as("classic clients count").containsExactly(is("bob", true));
    }

    @Test
    void whoComesBackBetweenTwoRoundsWasNeverGone() {
        Client bob = clients.v2("bob");
        watch(ann, "'bob'");

        bob.close();
        runtime.advance(ROUND);
        clients.v2("bob");
        runtime.advance(ROUND.multipliedBy(3));

        assertThat(told(ann)).isEmpty();
    }

    @Test
    void severalWhoComeInOneRoundAreOneFrame() {
        watch(ann, "'bob','carl'");

        clients.v2("bob");
        clients.v2("carl");
        runtime.advance(ROUND);

        assertThat(told(ann)).singleElement().asString().contains("bob").contains("carl");
    }

    @Test
    void nobodyIsToldWhoDoesNotWatch() {
        Client tablet = clients.v2("ann");
        tablet.ask("{'event':'presence','id':'p','users':['bob']}");
        watch(ann, "'bob'");

        clients.v2("bob");
        runtime.advance(ROUND);

        assertThat(told(tablet)).isEmpty();
        assertThat(told(ann)).hasSize(1);
    }

    @Test
    void theLastListReplacesTheOneBeforeAndAnEmptyOneEndsIt() {
        watch(ann, "'bob'");
        watch(ann, "'carl'");
        Client bob = clients.v2("bob");
        runtime.advance(ROUND);
        assertThat(told(ann)).isEmpty();

        watch(ann, "");
        clients.v2("carl");
        bob.close();
        runtime.advance(ROUND.multipliedBy(3));

        assertThat(told(ann)).isEmpty();
    }

    @Test
    void strangersAreNotWatched() {
        watch(ann, "'zoe'");

        clients.v2("zoe");
        runtime.advance(ROUND.multipliedBy(2));

        assertThat(told(ann)).isEmpty();
    }

    @Test
    void eachIsToldWhatItDoesNotKnow() {
        watch(ann, "'bob'");
        clients.v2("bob");
        Client tablet = clients.v2("ann");
        assertThat(watch(tablet, "'bob'").get(0).path("users").toString()).contains("\"online\":true");

        runtime.advance(ROUND);

        assertThat(told(ann)).containsExactly(is("bob", true));
        assertThat(told(tablet)).isEmpty();
    }

    @Test
    void nothingIsLeftOfWhoHasGone() {
        Client tablet = clients.v2("ann");
        runtime.advance(ROUND);
        int timers = runtime.pendingTimers();
        watch(tablet, "'bob','carl'");

        tablet.close();
        runtime.advance(ROUND);

        assertThat(runtime.pendingTimers()).isEqualTo(timers);
    }

    @Test
    void watchIsTrueOrFalse() {
        ann.heard();
        assertThat(ann.ask("{'event':'presence','users':['bob'],'watch':1}")
                        .get(0)
                        .path("event")
                        .asString())
                .isEqualTo("error");
    }
}
