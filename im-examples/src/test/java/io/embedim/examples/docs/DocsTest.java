package io.embedim.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.connection.CloseReason;
import io.embedim.model.Limits;
import io.embedim.protocol.ErrorCode;
import io.embedim.protocol.ProtocolText;
import io.embedim.protocol.Texts;
import io.embedim.testkit.conformance.ConformanceCases;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the documents to the code. Other tests of this package run what the documents show. */
class DocsTest {

    private static final String PROTOCOL = "docs/protocol.md";
    private static final String ARCHITECTURE = "docs/architecture.md";
    private static final Pattern RULE = Pattern.compile("\\bC-[A-Z]{2,}\\b");
    private static final Pattern SPAN = Pattern.compile("`([^`\n]+)`");

    @Test
    void relativeLinksLeadSomewhere() {
        List<String> broken = new ArrayList<>();
        for (Path file : Docs.all()) {
            for (String link : Docs.links(file)) {
                if (!link.matches("[a-z]+:.*") && !leadsSomewhere(file, link)) {
                    broken.add(Docs.ROOT.relativize(file) + " -> " + link);
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    @Test
    void codeBlocksAreRegionsOfFilesThatAreCompiledAndRun() {
        for (Path file : Docs.all()) {
            for (Docs.Block block : Docs.blocks(file)) {
                if (block.language().equals("java")) {
                    assertThat(block.kind())
                            .as("comment above the Java block at %s", block.place())
                            .isEqualTo("region");
                }
                if (block.kind().equals("region")) {
                    assertThat(block.text()).as(block.place()).isEqualTo(Docs.region(block.argument()));
                }
            }
        }
    }

    @Test
    void filesNamedInTheReadmeExist() {
        Pattern path = Pattern.compile("\\b(?:im-[a-z]+|docs|\\.ci)/[\\w./-]+");
        List<String> missing = path.matcher(Docs.read("README.md"))
                .results()
                .map(MatchResult::group)
                .filter(name -> !(name.contains("/target/") ? isBuilt(name) : Files.exists(Docs.ROOT.resolve(name))))
                .toList();

        assertThat(missing).isEmpty();
    }

    @Test
    void everyCodeOfAnAnswerIsDocumented() {
        String text = Docs.read(PROTOCOL);

        for (ErrorCode code : ErrorCode.values()) {
            assertThat(text).contains("| " + code.value() + " | `" + code.name() + "` |");
        }
    }

    @Test
    void everyCloseReasonIsDocumented() throws IllegalAccessException {
        String text = Docs.read(PROTOCOL);

        for (Field field : CloseReason.class.getFields()) {
            if (field.getType() == CloseReason.class) {
                CloseReason reason = (CloseReason) field.get(null);
                assertThat(text).contains("| " + reason.code() + " | `" + field.getName() + "` |");
            }
        }
    }

    @Test
    void everyTextIsDocumentedInBothLanguages() {
        String text = Docs.read(PROTOCOL);
        Texts chinese = Texts.load(Locale.CHINESE, Map.of());
        Texts english = Texts.load(Locale.ENGLISH, Map.of());

        for (ProtocolText key : ProtocolText.values()) {
            assertThat(text).contains("| `" + key.key() + "` | " + chinese.get(key) + " | " + english.get(key) + " |");
        }
    }

    @Test
    void everyLimitIsDocumented() {
        List<String> names = Arrays.stream(Limits.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();

        assertThat(Docs.firstCells("docs/how-to/limits.md", "limits"))
                .extracting(cell -> cell.replaceFirst(":.*", ""))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void rulesThatAreCitedExist() throws IOException {
        Set<String> defined = definedRules();
        List<String> unknown = new ArrayList<>();
        for (Path source : javaSources()) {
            RULE.matcher(Docs.read(source))
                    .results()
                    .map(MatchResult::group)
                    .filter(rule -> !defined.contains(rule))
                    .forEach(rule -> unknown.add(rule + " in " + source.getFileName()));
        }
        RULE.matcher(Docs.read(PROTOCOL))
                .results()
                .map(MatchResult::group)
                .filter(rule -> !defined.contains(rule))
                .forEach(rule -> unknown.add(rule + " in " + PROTOCOL));

        assertThat(unknown).isEmpty();
    }

    @Test
    void everyRuleIsProvenByTestsThatExist() throws IOException {
        Set<String> tests = new TreeSet<>();
        for (Path source : javaSources()) {
            if (source.toString().contains("/src/test/")) {
                tests.add(source.getFileName().toString().replace(".java", ""));
            }
        }
        Set<String> proven = new TreeSet<>();
        String text = Docs.read(PROTOCOL);
        text.substring(text.indexOf("<!-- rules -->"))
                .lines()
                .filter(line -> line.startsWith("| C-"))
                .forEach(row -> {
                    List<String> spans = SPAN.matcher(row)
                            .results()
                            .map(span -> span.group(1))
                            .toList();
                    assertThat(spans).as(row).isNotEmpty();
                    assertThat(tests).as(row).containsAll(spans);
                    RULE.matcher(row).results().map(MatchResult::group).forEach(proven::add);
                });

        assertThat(proven).isEqualTo(definedRules());
    }

    @Test
    void everyDifferenceOfTheRecordedCasesIsARow() {
        Set<String> rows = new TreeSet<>(Docs.firstCells(PROTOCOL, "differences"));
        Set<String> named = new TreeSet<>();
        ConformanceCases.classic().forEach(recorded -> recorded.differs().ifPresent(named::add));

        assertThat(named).isNotEmpty();
        assertThat(rows).containsAll(named);
    }

    @Test
    void theListOfModulesIsTheRealOne() throws IOException {
        try (Stream<Path> directories = Files.list(Docs.ROOT)) {
            List<String> modules = directories
                    .filter(directory -> Files.exists(directory.resolve("pom.xml")))
                    .map(directory -> directory.getFileName().toString())
                    .toList();

            assertThat(Docs.firstCells(ARCHITECTURE, "modules")).containsExactlyInAnyOrderElementsOf(modules);
        }
    }

    @Test
    void theListsOfPackagesAreTheRealOnes() throws IOException {
        assertThat(Docs.firstCells(ARCHITECTURE, "packages: im-core"))
                .containsExactlyInAnyOrderElementsOf(packages("im-core"));
        assertThat(Docs.firstCells(ARCHITECTURE, "packages: im-client im-jakarta-adapter im-jdbc im-redis im-testkit"))
                .containsExactlyInAnyOrderElementsOf(
                        packages("im-client", "im-jakarta-adapter", "im-jdbc", "im-redis", "im-testkit"));
    }

    @Test
    void packagesOfTheCoreImportThoseAboveThemInTheListOnly() throws IOException {
        List<String> order = Docs.firstCells(ARCHITECTURE, "packages: im-core");
        Pattern imported = Pattern.compile("(?m)^import (?:static )?(io\\.embedim[a-z.]*)\\.[A-Z]");
        Path sources = Docs.ROOT.resolve("im-core/src/main/java");
        Set<String> wrong = new TreeSet<>();
        for (Path source : javaSources()) {
            if (source.startsWith(sources)) {
                String from = packageName(sources, source);
                imported.matcher(Docs.read(source))
                        .results()
                        .map(line -> line.group(1))
                        .filter(to -> order.indexOf(to) > order.indexOf(from))
                        .forEach(to -> wrong.add(from + " -> " + to));
            }
        }

        assertThat(wrong).isEmpty();
    }

    private static boolean leadsSomewhere(Path file, String link) {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty() ? file : file.resolveSibling(path).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return hash < 0 || Docs.anchors(target).contains(link.substring(hash + 1));
    }

    /** A file below {@code target} is made by the build; its name must stand in the module's POM. */
    private static boolean isBuilt(String name) {
        Path pom = Docs.ROOT.resolve(name.substring(0, name.indexOf('/'))).resolve("pom.xml");
        return Files.exists(pom) && Docs.read(pom).contains(name.substring(name.lastIndexOf('/') + 1));
    }

    /** Headings such as {@code ### Ids: C-ID}. */
    private static Set<String> definedRules() {
        Set<String> rules = new TreeSet<>();
        Pattern.compile("(?m)^#+ .*: (C-[A-Z]+)$")
                .matcher(Docs.read(PROTOCOL))
                .results()
                .forEach(heading -> rules.add(heading.group(1)));
        return rules;
    }

    static List<Path> javaSources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(Docs.ROOT)) {
            for (Path src : modules.filter(
                            module -> module.getFileName().toString().startsWith("im-"))
                    .map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(src)) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.endsWith("DocsTest.java"))
                            .forEach(sources::add);
                }
            }
        }
        return sources;
    }

    private static String packageName(Path sources, Path file) {
        Path directory = file.getParent();
        return directory == null ? "" : sources.relativize(directory).toString().replace('/', '.');
    }

    private static Set<String> packages(String... modules) throws IOException {
        Set<String> found = new TreeSet<>();
        for (String module : modules) {
            Path sources = Docs.ROOT.resolve(module).resolve("src/main/java");
            try (Stream<Path> files = Files.walk(sources)) {
                files.filter(file -> file.endsWith("package-info.java"))
                        .map(file -> sources.relativize(file.resolveSibling("")).toString())
                        .forEach(directory ->
                                found.add(directory.replace('/', '.').replaceFirst("\\.$", "")));
            }
        }
        return found;
    }
}
