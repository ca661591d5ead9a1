package io.embedim.bench.compare.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines that other programs write. */
class LinesTest {

    @Test
    void aServerSaysWhereItIs() {
        assertThat(ReadyLine.parse("ready peer=tio port=4711 pid=12")).hasValue(new ReadyLine(4711, 12));
        assertThat(ReadyLine.parse("ready container=tomcat port=1 control=2 pid=3"))
                .hasValue(new ReadyLine(1, 3));
    }

    @Test
    void anotherLineOfAServerIsNotTaken() {
        assertThat(ReadyLine.parse("starting")).isEmpty();
        assertThat(ReadyLine.parse("ready peer=tio")).isEmpty();
        assertThat(ReadyLine.parse("ready port=x pid=1")).isEmpty();
    }

    @Test
    void theLoadClientsNumbersAreFigures() {
        assertThat(ClientLine.parse(
                        "{\"mode\":\"rtt\",\"per_second\":12,\"p50_us\":1.5,\"histogram\":[[1.5,2],[9.0,1]]}"))
                .hasValueSatisfying(line -> {
                    assertThat(line.figures())
                            .containsEntry("per_second", 12.0)
                            .containsEntry("p50_us", 1.5)
                            .hasSize(2);
                    assertThat(line.histogram()).containsExactly(List.of(1.5, 2.0), List.of(9.0, 1.0));
                });
    }

    @Test
    void whatIsNoJsonIsNoResult() {
        assertThat(ClientLine.parse("ready")).isEmpty();
        assertThat(ClientLine.parse("{\"mode\":")).isEmpty();
    }

    @Test
    void theLastLineOfAHistogramIsTheHeap() {
        assertThat(LiveHeap.total("Total        123456       7890123")).hasValue(7890123);
        assertThat(LiveHeap.total("   1:         12345        678901  [B (java.base@17)"))
                .isEmpty();
    }
}
