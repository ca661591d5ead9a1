package io.embedim.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions of libraries. */
class VersionsTest {

    @TempDir
    Path libraries = Path.of("");

    @Test
    void aJarHasItInItsName() throws IOException {
        Files.createFile(libraries.resolve("netty-codec-http2-9.9.jar"));
        Files.createFile(libraries.resolve("netty-codec-http-4.2.20.Final.jar"));

        assertThat(Versions.of(libraries, "netty-codec-http")).isEqualTo("4.2.20.Final");
    }

    @Test
    void aPackageHasItInItsDescription() throws IOException {
        Files.createDirectories(libraries.resolve("ws"));
        Files.writeString(libraries.resolve("ws/package.json"), "{\"name\": \"ws\", \"version\": \"8.23.0\"}");

        assertThat(Versions.of(libraries, "ws")).isEqualTo("8.23.0");
    }

    @Test
    void whatIsNotThereIsUnknown() {
        assertThat(Versions.of(libraries.resolve("none"), "ws")).isEqualTo("unknown");
    }
}
