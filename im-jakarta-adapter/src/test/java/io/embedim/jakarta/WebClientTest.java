package io.embedim.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The web client's own tests, in {@code src/test/js}, on Node. Where none is installed they are skipped, with that as the reason; with {@code node} in the
 * environment variable {@code IM_REQUIRE} they fail instead.
 */
class WebClientTest {

    private static final Path TESTS = Path.of("src/test/js");
    private static final Path CLIENT = Path.of("src/main/resources/META-INF/resources/embedim");
    private static final int MOST_LINES = 500;

    @TempDir
    private Path work;

    static Stream<String> files() throws IOException {
        try (Stream<Path> all = Files.list(TESTS)) {
            return all
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".test.mjs"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void passes(String file) throws Exception {
        Path output = work.resolve("output");
        Process node = new ProcessBuilder(
                        node().toString(), "--test", TESTS.resolve(file).toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(node.waitFor(100, TimeUnit.SECONDS)).as("ends in time").isTrue();
        } finally {
            node.destroyForcibly();
        }
        String said = Files.readString(output);

        assertThat(node.exitValue()).as(said).isZero();
        assertThat(said).containsPattern("(?m)^. tests [1-9]");
    }

    @Test
    void noFileIsTooLong() throws IOException {
        try (Stream<Path> all = Files.walk(CLIENT)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(MOST_LINES);
            }
        }
    }

    private static Path node() {
        Optional<Path> found = onPath();
        if (found.isEmpty()) {
            String reason = "no node on the PATH";
            String required = System.getenv().getOrDefault("IM_REQUIRE", "");
            if (Set.of(required.split("[,\\s]+", -1)).contains("node")) {
                throw new AssertionError(reason + ", but IM_REQUIRE demands it");
            }
            Assumptions.abort(reason);
        }
        return found.orElseThrow();
    }

    private static Optional<Path> onPath() {
        String path = System.getenv().getOrDefault("PATH", "");
        List<String> directories = Arrays.asList(path.split(File.pathSeparator, -1));
        return directories.stream()
                .filter(directory -> !directory.isEmpty())
                .flatMap(directory -> Stream.of("node", "nodejs").map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
