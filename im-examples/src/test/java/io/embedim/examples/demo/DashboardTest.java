package io.embedim.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embedim.examples.WsClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every query of docs/grafana/embedim.json finds what it asks for in what the demo exports. */
class DashboardTest {

    /** Put onto each sample by Prometheus itself. */
    private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job");

    private static final Set<String> FUNCTIONS =
            Set.of("sum", "max", "rate", "histogram_quantile", "by", "label_values");
    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(=~|=)\"([^\"]*)\"");
    private static final Pattern BY = Pattern.compile("by \\(([a-z_, ]+)\\) \\((?:rate\\()?([a-z0-9_]+)");
    private static final Pattern WORD = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_][a-z0-9_]*)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

    private static List<String> queries() throws IOException {
        List<String> found = new ArrayList<>();
        JsonNode dashboard = JsonMapper.shared()
                .readTree(Files.readString(Path.of("").toAbsolutePath().resolveSibling("docs/grafana/embedim.json")));
        for (JsonNode panel : dashboard.get("panels")) {
            for (JsonNode target : panel.path("targets")) {
                found.add(target.get("expr").asString());
            }
        }
        for (JsonNode variable : dashboard.get("templating").get("list")) {
            if (variable.get("type").asString().equals("query")) {
                found.add(variable.get("query").get("query").asString());
            }
        }
        return found;
    }

    /** The values of each label of each name. */
    private static Map<String, Map<String, Set<String>>> exported() throws Exception {
        try (Demo demo = Demo.start(DemoOptions.DEFAULTS.withPort(0))) {
            try (WsClient client = WsClient.open(demo.url() + "im")) {
                client.ask(
                        "{\"event\":\"join\",\"mode\":2,\"group_id\":1,\"from_user_id\":1,\"from_username\":\"a\",\"content\":\"c\"}");
                client.ask(
                        "{\"event\":\"speak\",\"mode\":2,\"group_id\":1,\"from_user_id\":1,\"from_username\":\"a\",\"content\":\"c\"}");
            }
            System.gc();
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(demo.url() + "metrics")).build();
            HttpClient http =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            String text = await().atMost(Duration.ofSeconds(20))
                    .until(
                            () -> http.send(request, HttpResponse.BodyHandlers.ofString())
                                    .body(),
                            body -> body.contains("jvm_gc_pause_seconds_sum")
                                    && body.matches("(?s).*\nembedim_delivery_seconds_count [1-9].*"));
            Map<String, Map<String, Set<String>>> samples = new HashMap<>();
            SAMPLE.matcher(text).results().forEach(sample -> {
                Map<String, Set<String>> labels = samples.computeIfAbsent(sample.group(1), name -> new HashMap<>());
                if (sample.group(2) != null) {
                    LABEL.matcher(sample.group(2))
                            .results()
                            .forEach(label -> labels.computeIfAbsent(label.group(1), name -> new TreeSet<>())
                                    .add(label.group(2)));
                }
            });
            return samples;
        }
    }

    @Test
    void everyQueryAsksForWhatIsExported() throws Exception {
        Map<String, Map<String, Set<String>>> exported = exported();
        List<String> queries = queries();
        List<String> wrong = new ArrayList<>();

        for (String query : queries) {
            for (MatchResult selector : SELECTOR.matcher(query).results().toList()) {
                check(query, exported.get(selector.group(1)), selector.group(2), wrong);
            }
            for (MatchResult by : BY.matcher(query).results().toList()) {
                Set<String> labels =
                        exported.getOrDefault(by.group(2), Map.of()).keySet();
                Arrays.stream(by.group(1).split(", ", -1))
                        .filter(label -> !labels.contains(label) && !OF_PROMETHEUS.contains(label))
                        .forEach(label -> wrong.add("no label " + label + ": " + query));
            }
            // What stands outside of selectors is a function, a label to sum by, a variable, or the argument of
            // label_values.
            String rest =
                    SELECTOR.matcher(query).replaceAll("").replaceAll("by \\([^)]*\\)|\\[\\$__rate_interval]", "");
            WORD.matcher(rest)
                    .results()
                    .map(MatchResult::group)
                    .filter(word ->
                            !FUNCTIONS.contains(word) && !OF_PROMETHEUS.contains(word) && !exported.containsKey(word))
                    .forEach(word -> wrong.add("neither function nor name: " + word + ": " + query));
        }

        assertThat(queries).hasSizeGreaterThan(30);
        assertThat(wrong).isEmpty();
    }

    /** What a server exports and no panel shows would be forgotten in the night. */
    @Test
    void everyMeterOfTheServerIsShown() throws Exception {
        String all = String.join("\n", queries());

        assertThat(exported().keySet())
                .filteredOn(name -> name.startsWith("embedim_")
                        && !name.endsWith("_seconds_count")
                        && !name.endsWith("_seconds_sum"))
                .hasSizeGreaterThan(20)
                .allMatch(name ->
                        Pattern.compile("\\b" + name + "\\b").matcher(all).find());
    }

    private static void check(
            String query, @Nullable Map<String, Set<String>> labels, String matchers, List<String> wrong) {
        if (labels == null) {
            wrong.add("no such name: " + query);
            return;
        }
        for (MatchResult matcher : MATCHER.matcher(matchers).results().toList()) {
            String label = matcher.group(1);
            if (OF_PROMETHEUS.contains(label)) {
                continue;
            }
            if (!labels.getOrDefault(label, Set.of()).contains(matcher.group(3))) {
                wrong.add("no " + matcher.group() + ": " + query);
            }
        }
    }
}
