package io.embedim.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.ImServer;
import io.embedim.connection.Handshake;
import io.embedim.metrics.ImMetrics;
import io.embedim.monitor.ServerStats;
import io.embedim.testkit.ManualRuntime;
import io.embedim.testkit.RecordingConnection;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricsExampleTest {

    private final ManualRuntime runtime = new ManualRuntime();
    private final ImServer server =
            ImServer.builder().classicProfile().runtime(runtime).build();
    private final MeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void metersAreBound() {
        open(); // Before it, because a reading serves for a moment.

        // tag::bind[]
        new ImMetrics(server).bindTo(registry);
        // end::bind[]

        assertThat(registry.get("embedim.opened.connections").functionCounter().count())
                .isEqualTo(1);
    }

    @Test
    void serversAreToldApart() {
        // tag::tags[]
        new ImMetrics(server, Tags.of("server", "support")).bindTo(registry);
        // end::tags[]

        assertThat(registry.get("embedim.connections").tags("server", "support").gauge())
                .isNotNull();
    }

    @Test
    void numbersAreRead() {
        open();
        // tag::stats[]
        ServerStats stats = server.stats();
        long waiting = stats.open().queuedBytes();
        long slow = stats.closed().getOrDefault(4002, 0L);
        // end::stats[]

        assertThat(stats.opened()).isEqualTo(1);
        assertThat(waiting + slow).isZero();
    }

    /** Each row, as the registry would write it. */
    @Test
    void theTableOfMetersIsTheRealOne() {
        new ImMetrics(server).bindTo(registry);
        Set<String> real = registry.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> id.getTag("le") == null)
                .collect(Collectors.groupingBy(Meter.Id::getName))
                .entrySet()
                .stream()
                .map(meter -> {
                    Meter.Id id = meter.getValue().get(0);
                    String tags = meter.getValue().stream()
                            .flatMap(each -> each.getTags().stream())
                            .map(Tag::getKey)
                            .distinct()
                            .sorted()
                            .collect(Collectors.joining(", "));
                    return meter.getKey() + " | " + id.getType().name().toLowerCase(Locale.ROOT) + " | "
                            + id.getBaseUnit() + " | " + tags;
                })
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(Docs.rows("docs/how-to/metrics.md", "meters", 4)).containsExactlyInAnyOrderElementsOf(real);
    }

    /** The values of tags that are few are named in the row of their meter. */
    @Test
    void theValuesOfFewAreNamed() {
        new ImMetrics(server).bindTo(registry);

        for (Meter meter : registry.getMeters()) {
            for (String tag : Set.of("state", "kind", "backend")) {
                String value = meter.getId().getTag(tag);
                if (value != null) {
                    assertThat(Docs.read("docs/how-to/metrics.md").lines())
                            .as("row of %s", meter.getId())
                            .anyMatch(line ->
                                    line.startsWith("| `" + meter.getId().getName() + "`")
                                            && line.contains("`" + value + "`"));
                }
            }
        }
    }

    private void open() {
        server.open(new RecordingConnection(), Handshake.at("/im").build());
        runtime.runAll();
    }
}
