package io.embedim.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which version of a library a peer runs on: from the name of its jar, or from the package.json of its package. */
final class Versions {

    private static final Pattern PACKAGE = Pattern.compile("\"version\"\\s*:\\s*\"([^\"]+)\"");

    private Versions() {}

    /** The version, or {@code unknown}. */
    static String of(Path libraries, String library) {
        try {
            Path description = libraries.resolve(library).resolve("package.json");
            if (Files.exists(description)) {
                Matcher found = PACKAGE.matcher(Files.readString(description));
                return found.find() ? found.group(1) : "unknown";
            }
            if (!Files.isDirectory(libraries)) return "unknown";
            Pattern jar = Pattern.compile(Pattern.quote(library) + "-(\\d.*)\\.jar");
            try (var files = Files.list(libraries)) {
                return files.map(file -> jar.matcher(file.getFileName().toString()))
                        .filter(Matcher::matches)
                        .map(found -> found.group(1))
                        .findFirst()
                        .orElse("unknown");
            }
        } catch (IOException e) {
            return "unknown";
        }
    }
}
