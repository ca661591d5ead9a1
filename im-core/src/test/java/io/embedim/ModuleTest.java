package io.embedim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ModuleTest {

    @Test
    void exportsNoInternalPackage() throws IOException {
        ModuleDescriptor module = descriptorBeside(ImServer.class);

        assertThat(module.name()).isEqualTo("io.embedim.core");
        assertThat(module.exports())
                .extracting(ModuleDescriptor.Exports::source)
                .isNotEmpty()
                .noneMatch(name -> name.contains(".internal"));
    }

    @Test
    void runsOnAModulePathWithoutMicrometer() throws Exception {
        Set<String> wanted = Set.of(
                "classes",
                "jackson-core",
                "jakarta.validation-api",
                "hibernate-validator",
                "jboss-logging",
                "classmate",
                "slf4j-api",
                "slf4j-simple");
        String path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> wanted.contains(name(entry)))
                .collect(Collectors.joining(File.pathSeparator));
        String tests = Path.of(locationOf(ModuleTest.class)).toString();

        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        path,
                        "--patch-module",
                        "io.embedim.core=" + tests,
                        "--module",
                        "io.embedim.core/" + WithoutMicrometer.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said)
                .as("what was said with module path %s", path)
                .contains("module io.embedim.core answered=true frames=1 micrometer=false");
        assertThat(java.waitFor()).isZero();
    }

    /** A jar's name without its version. */
    private static String name(String entry) {
        return Path.of(entry).getFileName().toString().replaceFirst("-\\d.*", "");
    }

    private static URI locationOf(Class<?> type) {
        return URI.create(Objects.requireNonNull(
                        type.getProtectionDomain().getCodeSource().getLocation())
                .toString());
    }

    private static ModuleDescriptor descriptorBeside(Class<?> type) throws IOException {
        try (InputStream in =
                locationOf(type).resolve("module-info.class").toURL().openStream()) {
            return ModuleDescriptor.read(in);
        }
    }
}
