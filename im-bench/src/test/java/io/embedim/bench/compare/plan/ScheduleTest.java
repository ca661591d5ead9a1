package io.embedim.bench.compare.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of runs. */
class ScheduleTest {

    private final Peer ours = peer("embedim-tomcat");
    private final Peer floor = peer("plain-tomcat");
    private final Peer tio = peer("tio");

    @Test
    void peersTakeTurnsInEachScenarioOfEachRound() {
        List<Step> steps =
                Schedule.of(List.of(ours, floor, tio), List.of(scenario("group-10-w1"), scenario("group-10-w64")), 2);

        assertThat(steps)
                .extracting(step -> step.round() + " " + step.scenario().name() + " " + step.who())
                .containsExactly(
                        "1 group-10-w1 embedim-tomcat",
                        "1 group-10-w1 plain-tomcat",
                        "1 group-10-w1 tio",
                        "1 group-10-w64 embedim-tomcat",
                        "1 group-10-w64 plain-tomcat",
                        "1 group-10-w64 tio",
                        "2 group-10-w1 embedim-tomcat",
                        "2 group-10-w1 plain-tomcat",
                        "2 group-10-w1 tio",
                        "2 group-10-w64 embedim-tomcat",
                        "2 group-10-w64 plain-tomcat",
                        "2 group-10-w64 tio");
    }

    @Test
    void whoKnowsNoGroupsPlaysOnlyWhatNeedsNone() {
        List<Step> steps = Schedule.of(List.of(floor, tio), List.of(scenario("talk"), scenario("idle")), 1);

        assertThat(steps)
                .extracting(step -> step.scenario().name() + " " + step.who())
                .containsExactly("talk tio", "idle plain-tomcat", "idle tio");
    }

    @Test
    void theCoreIsMeasuredOnceAndByNoPeer() {
        List<Step> steps = Schedule.of(List.of(ours, tio), List.of(scenario("core")), 3);

        assertThat(steps).extracting(Step::who).containsExactly("core");
    }

    @Test
    void whatSaturatesComesBeforeWhatRunsAtHalfOfIt() {
        List<String> names = Scenarios.ALL.stream().map(Scenario::name).toList();

        assertThat(Scenarios.ALL)
                .filteredOn(each -> each.kind().paced())
                .allSatisfy(paced -> assertThat(names.indexOf(Scenarios.saturatedBy(paced)))
                        .isBetween(0, names.indexOf(paced.name()) - 1));
    }

    private static Peer peer(String name) {
        return Peers.ALL.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Scenario scenario(String name) {
        return Scenarios.ALL.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
