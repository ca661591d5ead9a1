package io.embedim.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.examples.WsClient;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoMainTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "--bad, embedim demo: unknown option '--bad'; --help lists the options",
        "--port=x, embedim demo: port is 'x'; expected a number from 0 to 65535",
        "--profile=open, embedim demo: profile is 'open'; expected classic or secure",
        "--host=no.such.host.invalid, embedim demo: host 'no.such.host.invalid' is unknown; expected an address of this machine"
    })
    void aWrongOptionEndsWithCode2AndOneSentence(String option, String sentence) throws Exception {
        try (DemoProcess demo = DemoProcess.ofClassPath(directory, option)) {
            assertThat(demo.exitCode(PATIENCE)).isEqualTo(2);
            assertThat(demo.err()).isEqualTo(sentence + System.lineSeparator());
            assertThat(demo.out()).isEmpty();
        }
    }

    @Test
    void aTakenPortEndsWithCode2AndOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DemoProcess demo = DemoProcess.ofClassPath(directory, "--port", "" + taken.getLocalPort())) {
            assertThat(demo.exitCode(PATIENCE)).isEqualTo(2);
            assertThat(demo.err())
                    .isEqualTo("embedim demo: port " + taken.getLocalPort()
                            + " of 127.0.0.1 is taken; choose another with --port, or 0 for any free one"
                            + System.lineSeparator());
            assertThat(demo.out()).isEmpty();
        }
    }

    @Test
    void helpGoesToStandardOutputAndEndsWithCode0() throws Exception {
        try (DemoProcess demo = DemoProcess.ofClassPath(directory, "--help")) {
            assertThat(demo.exitCode(PATIENCE)).isZero();
            assertThat(demo.out()).isEqualTo(DemoOptions.USAGE);
            assertThat(demo.err()).isEmpty();
        }
    }

    @Test
    void saysOnOneLineWhereItIsAndStopsInTimeWhenTold() throws Exception {
        try (DemoProcess demo = DemoProcess.ofClassPath(directory, "--port", "0")) {
            String url = demo.url();
            WsClient client = WsClient.open(url + "im");
            WsClient older = WsClient.open(url);
            // The upgrade is answered before the server has opened the connection; who got an answer is surely in.
            for (WsClient each : List.of(client, older)) {
                assertThat(each.ask("{\"event\":\"ping\"}")).contains("心跳检测");
            }

            demo.terminate();

            assertThat(client.closeCode()).isEqualTo(4001);
            assertThat(client.closeText()).matches(".*; retry_after=([1-9]|10)");
            assertThat(older.closeCode()).isEqualTo(4001);
            assertThat(demo.exitCode(Duration.ofSeconds(5))).isIn(0, 143);
            assertThat(demo.out())
                    .isEqualTo("embedim demo ready: " + url
                            + " (WebSocket at /im and /, profile classic, container tomcat)" + System.lineSeparator());
            assertThat(demo.err().lines()).allMatch(line -> line.matches(".* INFO (demo|Drain) - event=.*"));
        }
    }
}
