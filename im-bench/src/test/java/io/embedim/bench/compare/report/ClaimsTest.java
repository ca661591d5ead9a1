package io.embedim.bench.compare.report;

import static io.embedim.bench.compare.plan.Family.FLOOR;
import static io.embedim.bench.compare.plan.Family.JVM;
import static io.embedim.bench.compare.plan.Family.NODE;
import static io.embedim.bench.compare.plan.Family.OURS;
import static io.embedim.bench.compare.plan.Family.RAW;
import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.bench.compare.plan.Scenarios;
import io.embedim.bench.compare.result.Run;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each claim is seen to be met, not met and not measured. */
class ClaimsTest {

    private static final String LOAD = "group-100-w64";

    @Test
    void nothingIsMetByNothing() {
        assertThat(Claims.of(new Made().results()))
                .hasSize(5)
                .extracting(Claim::status)
                .containsOnly(Status.NOT_MEASURED);
    }

    @Test
    void theLoadIsMetWhereOursAreFirstByFourAndNoDearerAlone() {
        assertThat(Claims.load(load(400, 100, 2000, 1.0, 1.0).results()).status())
                .isEqualTo(Status.MET);
    }

    @Test
    void theLoadIsNotMetByLessThanFourTimesTheBest() {
        assertThat(check(Claims.load(load(399, 100, 1000, 1.0, 1.0).results()), "Group of 100, 64 outstanding: 4 ×"))
                .isEqualTo(Status.NOT_MET);
    }

    @Test
    void theLoadIsNotMetByLessThanAFifthOfTheLimit() {
        assertThat(check(
                        Claims.load(load(400, 100, 2001, 1.0, 1.0).results()),
                        "Group of 100, 64 outstanding: the limit"))
                .isEqualTo(Status.NOT_MET);
    }

    @Test
    void theLoadIsNotMetWhereAPeerIsFirst() {
        assertThat(check(Claims.load(load(99, 100, 100, 1.0, 1.0).results()), "Group of 100, 64 outstanding: first"))
                .isEqualTo(Status.NOT_MET);
    }

    @Test
    void oneAtATimeAPeerMayBeFivePercentAheadAndNoMore() {
        String what = "Group of 100, one at a time: CPU";

        assertThat(check(Claims.load(load(400, 100, 100, 1.05, 1.0).results()), what))
                .isEqualTo(Status.MET);
        assertThat(check(Claims.load(load(400, 100, 100, 1.06, 1.0).results()), what))
                .isEqualTo(Status.NOT_MET);
    }

    @Test
    void aClaimThatOneContainerMeetsIsMetInPart() {
        Made made = load(400, 100, 100, 1.0, 1.0).without("embedim-jetty");
        made.one("embedim-jetty", LOAD, "per_second", 50);

        assertThat(check(Claims.load(made.results()), "Group of 100, 64 outstanding: first"))
                .isEqualTo(Status.PARTLY);
    }

    @Test
    void whatWasLostIsNotDelivered() {
        Made made = new Made().all(JVM, LOAD, "per_second", 100);
        for (String name : new String[] {"embedim-tomcat", "embedim-jetty", "embedim-undertow", "embedim-tyrus"}) {
            made.run(name, LOAD, Map.of("per_second", 1000.0, "missing", 1.0));
        }

        assertThat(check(Claims.load(made.results()), "Group of 100, 64 outstanding: first"))
                .isEqualTo(Status.NOT_MET);
    }

    @Test
    void aPeerThatWasNotAskedLeavesAClaimOpenAndOneThatFailedDoesNot() {
        Made made = load(400, 100, 100, 1.0, 1.0).without("tio");
        String what = "Group of 100, 64 outstanding: first";

        assertThat(check(Claims.load(made.results()), what)).isEqualTo(Status.NOT_MEASURED);
        assertThat(check(Claims.load(made.failed("tio", LOAD, Run.LEFT_OUT).results()), what))
                .isEqualTo(Status.NOT_MEASURED);
        assertThat(check(Claims.load(made.failed("tio", LOAD, "it ended").results()), what))
                .isEqualTo(Status.MET);
    }

    @Test
    void thePacedLatencyIsHeldAgainstEveryLibrary() {
        assertThat(Claims.paced(paced(1000, 1000).results()).status()).isEqualTo(Status.MET);
        assertThat(Claims.paced(paced(1001, 1000).results()).status()).isEqualTo(Status.NOT_MET);
        assertThat(Claims.paced(paced(1000, 1000).without("node-ws").results()).status())
                .isEqualTo(Status.NOT_MEASURED);
    }

    @Test
    void theRoundTripIsHeldAgainstTheBestOfTheJvm() {
        assertThat(Claims.roundTrip(roundTrip(100, 300).results()).status()).isEqualTo(Status.MET);
        assertThat(Claims.roundTrip(roundTrip(101, 300).results()).status()).isEqualTo(Status.NOT_MET);
        assertThat(Claims.roundTrip(roundTrip(100, 301).results()).status()).isEqualTo(Status.NOT_MET);
        assertThat(Claims.roundTrip(roundTrip(100, 300).without("stomp").results())
                        .status())
                .isEqualTo(Status.NOT_MEASURED);
    }

    @Test
    void theCoreIsHeldAgainstJacksonAndAFixedTimeAndNoMemory() {
        assertThat(CoreClaim.of(core(1500, 99_000, 0).results()).status()).isEqualTo(Status.MET);
        assertThat(CoreClaim.of(core(1501, 99_000, 0).results()).status()).isEqualTo(Status.NOT_MET);
        assertThat(CoreClaim.of(core(1500, 100_000, 0).results()).status()).isEqualTo(Status.NOT_MET);
        assertThat(CoreClaim.of(core(1500, 99_000, 74).results()).status()).isEqualTo(Status.NOT_MET);
        assertThat(CoreClaim.of(core(1500, 99_000, Double.NaN).results()).status())
                .isEqualTo(Status.NOT_MEASURED);
    }

    @Test
    void anIdleConnectionIsHeldAgainstTheSmallestOfTheJvm() {
        assertThat(Claims.idle(idle(900, 5000).results()).status()).isEqualTo(Status.MET);
        assertThat(Claims.idle(idle(1001, 5000).results()).status()).isEqualTo(Status.NOT_MET);
        assertThat(Claims.idle(idle(900, 9001).results()).status()).isEqualTo(Status.NOT_MET);
        assertThat(Claims.idle(idle(900, 5000).without("cometd").results()).status())
                .isEqualTo(Status.NOT_MEASURED);
    }

    @Test
    void theWorstClaimIsFirst() {
        Made made = idle(5000, 5000);

        assertThat(Claims.of(made.results())).first().extracting(Claim::number).isEqualTo(5);
    }

    private static Status check(Claim claim, String what) {
        return claim.checks().stream()
                .filter(check -> check.what().equals(what))
                .findFirst()
                .orElseThrow()
                .status();
    }

    private static Made load(double ours, double peers, double raw, double ourCpu, double theirCpu) {
        Made made = new Made();
        made.all(OURS, "talk", "per_second", ours).all(JVM, "talk", "per_second", peers);
        for (int size : Scenarios.SIZES) {
            String load = Scenarios.group(size, 64);
            made.all(OURS, load, "per_second", ours).all(JVM, load, "per_second", peers);
            made.all(FLOOR, load, "per_second", peers).all(RAW, load, "per_second", raw);
            String alone = Scenarios.group(size, 1);
            made.all(OURS, alone, "cpu_us_per_delivery", ourCpu).all(JVM, alone, "cpu_us_per_delivery", theirCpu);
            made.all(FLOOR, alone, "cpu_us_per_delivery", theirCpu);
        }
        return made;
    }

    private static Made paced(double ours, double peers) {
        Made made = new Made();
        Scenarios.ALL.stream()
                .filter(each -> each.kind().paced())
                .forEach(each -> made.all(OURS, each.name(), "p99_us", ours)
                        .all(JVM, each.name(), "p99_us", peers)
                        .all(NODE, each.name(), "p99_us", peers + 1));
        return made;
    }

    private static Made roundTrip(double p50, double p99) {
        return new Made()
                .all(OURS, "private", "p50_us", p50)
                .all(OURS, "private", "p99_us", p99)
                .all(JVM, "private", "p50_us", 100)
                .all(JVM, "private", "p99_us", 300);
    }

    /** Of a hundred recipients, and for each of nine hundred more. */
    private static Made core(double whole, double large, double bytes) {
        Made made = new Made();
        for (String text : new String[] {"chinese", "latin"}) {
            made.core(CoreClaim.PRIVATE, text, whole, 0).core(CoreClaim.BARE, text, 1000, 0);
        }
        return made.core(CoreClaim.FAN_OUT, "100", 9000, 500).core(CoreClaim.FAN_OUT, "1000", large, 500 + 900 * bytes);
    }

    private static Made idle(double heap, double rss) {
        return new Made()
                .all(OURS, "idle", "live_bytes_each", heap)
                .all(OURS, "idle", "rss_bytes_each", rss)
                .all(JVM, "idle", "live_bytes_each", 1000)
                .all(JVM, "idle", "rss_bytes_each", 9000);
    }
}
