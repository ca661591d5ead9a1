package io.embedim.examples.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the lines that the library logs to the table in docs/operations.md, and to the rule that nothing from outside gets into them as it is. */
class LogEventsTest {

    private static final Pattern CALL =
            Pattern.compile("\\bLOG\\.(trace|debug|info|warn|error)\\((.*?)\\);", Pattern.DOTALL);
    private static final Pattern EVENT = Pattern.compile("\\A\\s*\"event=([a-z_]+)( |;|\")");

    /** Numbers, ids that this library makes, names of classes; all else has to go through {@code LogText}. */
    private static final Pattern SAFE = Pattern.compile(
            "(?s)\"event=.*\"|LogText\\.(line|trace)\\(.*\\)|[A-Z_]+|text|event|within|closed|cut|"
                    + "(peer|session|inbound|link)\\.(id|getId)\\(\\)|.*\\.(code|bytes|httpStatus|size|toMillis)\\(\\)|\\w+\\.getClass\\(\\)\\.getName\\(\\)");

    private record Call(Path file, String level, String arguments) {}

    private static List<Call> calls() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        List<Call> calls = new ArrayList<>();
        for (String module : List.of("im-core", "im-jakarta-adapter", "im-jdbc", "im-redis")) {
            try (Stream<Path> files = Files.walk(here.resolveSibling(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    for (MatchResult call :
                            CALL.matcher(Files.readString(file)).results().toList()) {
                        calls.add(new Call(file, call.group(1), call.group(2)));
                    }
                }
            }
        }
        return calls;
    }

    private static Set<String> documented() throws IOException {
        String text = Files.readString(Path.of("").toAbsolutePath().resolveSibling("docs/operations.md"));
        Set<String> rows = new TreeSet<>();
        text.substring(text.indexOf("<!-- events -->"))
                .lines()
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> line.split("\\|", -1))
                .forEach(cells -> {
                    for (String level : cells[2].trim().split(", ", -1)) {
                        rows.add(cells[1].replace("`", "").trim() + " " + level);
                    }
                });
        return rows;
    }

    @Test
    void everyEventIsDocumentedWithItsLevelAndNoOther() throws IOException {
        Set<String> real = new TreeSet<>();
        for (Call call : calls()) {
            List<MatchResult> event = EVENT.matcher(call.arguments()).results().toList();
            assertThat(event)
                    .as("an event in %s: %s", call.file(), call.arguments())
                    .hasSize(1);
            real.add(event.get(0).group(1) + " " + call.level());
        }

        assertThat(real).hasSizeGreaterThan(20);
        assertThat(documented()).isEqualTo(real);
    }

    @Test
    void whatComesFromOutsideGoesThroughLogText() throws IOException {
        for (Call call : calls()) {
            for (String argument : split(call.arguments())) {
                assertThat(argument.strip())
                        .as("argument of a log line in %s", call.file())
                        .matches(SAFE);
            }
        }
    }

    /** At the commas outside of brackets and texts. */
    private static List<String> split(String arguments) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < arguments.length(); i++) {
            char c = arguments.charAt(i);
            if (c == '"' && arguments.charAt(Math.max(0, i - 1)) != '\\') {
                quoted = !quoted;
            } else if (!quoted) {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                if (c == ',' && depth == 0) {
                    parts.add(arguments.substring(from, i));
                    from = i + 1;
                }
            }
        }
        parts.add(arguments.substring(from));
        return parts;
    }
}
