package io.embedim.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import org.junit.jupiter.api.Test;

class ModuleTest {

    @Test
    void exportsNoInternalPackage() throws IOException {
        ModuleDescriptor module = descriptorBeside(ManualRuntime.class);

        assertThat(module.name()).isEqualTo("io.embedim.testkit");
        assertThat(module.exports())
                .extracting(ModuleDescriptor.Exports::source)
                .isNotEmpty()
                .noneMatch(name -> name.contains(".internal"));
    }

    private static ModuleDescriptor descriptorBeside(Class<?> type) throws IOException {
        URI classes = URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString());
        try (InputStream in = classes.resolve("module-info.class").toURL().openStream()) {
            return ModuleDescriptor.read(in);
        }
    }
}
