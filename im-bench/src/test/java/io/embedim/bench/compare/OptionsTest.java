package io.embedim.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.embedim.bench.compare.plan.Peer;
import io.embedim.bench.compare.plan.Peers;
import io.embedim.bench.compare.plan.Scenario;
import io.embedim.bench.compare.plan.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line, good and bad. */
class OptionsTest {

    @Test
    void allIsMeasuredWithoutOptions() {
        Options options = Options.parse();

        assertThat(options.peers()).isEqualTo(Peers.ALL);
        assertThat(options.settings()).isEqualTo(Settings.FULL);
        assertThat(options.scenarios()).extracting(Scenario::name).contains("core-scaling", "private", "cores-2");
    }

    @Test
    void theQuickOneHasEveryPeerAndEndsInUnderTenMinutes() {
        Options options = Options.parse("--quick");

        assertThat(options.peers()).isEqualTo(Peers.ALL);
        assertThat(options.scenarios())
                .extracting(Scenario::name)
                .contains("private", "idle")
                .doesNotContain("cores-2");
        assertThat(options.settings().limit()).isLessThan(10);
    }

    @Test
    void peersKeepTheOrderOfTheTable() {
        Options options = Options.parse("--peers", "tio,embedim-tomcat");

        assertThat(options.peers()).extracting(Peer::name).containsExactly("embedim-tomcat", "tio");
    }

    @Test
    void whatSaysTheRateIsMeasuredToo() {
        Options options = Options.parse("--scenarios", "paced-100");

        assertThat(options.scenarios()).extracting(Scenario::name).containsExactly("group-100-w64", "paced-100");
    }

    @Test
    void whoAsksForMoreGetsTheTimeForIt() {
        Options options = Options.parse("--quick", "--rounds", "7", "--seconds", "30");

        assertThat(options.settings().rounds()).isEqualTo(7);
        assertThat(options.settings().seconds()).isEqualTo(30);
        assertThat(options.settings().limit()).isGreaterThan(60);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --rounds 0              | --rounds expects a number from 1 to 100; got '0'
            --rounds many           | --rounds expects a number from 1 to 100; got 'many'
            --seconds               | --seconds expects a number; got nothing
            --out --quick           | --out expects a directory; got '--quick'
            --peers embedim         | --peers knows no 'embedim'; expected some of embedim-tomcat,
            --scenarios tio         | --scenarios knows no 'tio'; expected some of core,
            --fast                  | there is no option '--fast'; --help says which there are
            --report DIR --quick    | --report makes a report of what is there, so it takes no other option
            """)
    void aBadOptionIsToldInASentence(String words, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(words.split(" ", -1)))
                .withMessageStartingWith(sentence);
    }
}
