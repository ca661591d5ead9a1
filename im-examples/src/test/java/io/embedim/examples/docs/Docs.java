package io.embedim.examples.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The documents of the repository, and what stands in them. */
final class Docs {

    static final Path ROOT = root();

    private static final Pattern FENCE = Pattern.compile("```(\\w*)\\s*");
    private static final Pattern COMMENT = Pattern.compile("<!-- (\\w+): (.+) -->");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

    private Docs() {}

    /** A fenced block: its language, the comment right above it, its text, and where it is. */
    record Block(String language, String kind, String argument, String text, String place) {}

    static List<Path> all() {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(String file) {
        return read(ROOT.resolve(file));
    }

    /** Fenced blocks, and comments of their own without a block, in order. */
    static List<Block> blocks(Path file) {
        List<Block> found = new ArrayList<>();
        List<String> lines = read(file).lines().toList();
        String kind = "";
        String argument = "";
        for (int i = 0; i < lines.size(); i++) {
            String place = ROOT.relativize(file) + ":" + (i + 1);
            Matcher comment = COMMENT.matcher(lines.get(i));
            Matcher fence = FENCE.matcher(lines.get(i));
            if (comment.matches()) {
                if (!kind.isEmpty()) {
                    found.add(new Block("", kind, argument, "", place));
                }
                kind = comment.group(1);
                argument = comment.group(2);
            } else if (fence.matches()) {
                List<String> text = new ArrayList<>();
                for (i++; !lines.get(i).equals("```"); i++) {
                    text.add(lines.get(i));
                }
                found.add(new Block(fence.group(1), kind, argument, String.join("\n", text), place));
                kind = "";
            } else if (!lines.get(i).isBlank() && !kind.isEmpty()) {
                found.add(new Block("", kind, argument, "", place));
                kind = "";
            }
        }
        return found;
    }

    /** Targets of links, code left out. */
    static List<String> links(Path file) {
        String prose = read(file).replaceAll("(?ms)^```.*?^```", "").replaceAll("`[^`\n]*`", "code");
        return LINK.matcher(prose).results().map(link -> link.group(1)).toList();
    }

    /** What headings of a document can be linked to. */
    static List<String> anchors(Path file) {
        return read(file)
                .replaceAll("(?ms)^```.*?^```", "")
                .lines()
                .filter(line -> line.matches("#{1,6} .*"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** The first cells, without backticks, of the table behind a comment. */
    static List<String> firstCells(String file, String comment) {
        return rows(file, comment, 1);
    }

    /** The first cells of each row, without backticks, with bars between them. */
    static List<String> rows(String file, String comment, int cells) {
        String text = read(file);
        int start = text.indexOf("<!-- " + comment + " -->");
        if (start < 0) {
            throw new AssertionError(file + " has no comment '" + comment + "'");
        }
        return text.substring(start)
                .lines()
                .skip(1)
                .dropWhile(String::isBlank)
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> Arrays.stream(line.split("\\|", -1))
                        .skip(1)
                        .limit(cells)
                        .map(cell -> cell.replace("`", "").trim())
                        .collect(Collectors.joining(" | ")))
                .toList();
    }

    /** What stands between {@code // tag::x[]} and {@code // end::x[]}, or a whole file where no tag is named. */
    static String region(String reference) {
        int hash = reference.indexOf('#');
        if (hash < 0) {
            return read(reference).stripTrailing();
        }
        String tag = reference.substring(hash + 1);
        List<String> lines = read(reference.substring(0, hash)).lines().toList();
        String comment = reference.contains(".sql#") ? "-- " : "// ";
        int start = indexOf(lines, comment + "tag::" + tag + "[]", reference);
        int end = indexOf(lines, comment + "end::" + tag + "[]", reference);
        String inside = lines.subList(start + 1, end).stream()
                .filter(line -> !line.strip().matches("// (tag|end)::\\w+\\[]"))
                .reduce("", (text, line) -> text + line + "\n");
        return inside.stripTrailing().stripIndent();
    }

    private static int indexOf(List<String> lines, String marker, String reference) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(marker)) {
                return i;
            }
        }
        throw new AssertionError(reference + ": no line '" + marker + "'");
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(here.resolve("im-bom"))) {
            Path parent = here.getParent();
            if (parent == null) {
                throw new IllegalStateException("not run inside the repository");
            }
            here = parent;
        }
        return here;
    }
}
