package io.embedim.redis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.net.URL;
import org.junit.jupiter.api.Test;

class ModuleTest {

    /** Where the module's own classes are, whatever the build's directory is called. */
    private static final URL LOCATION =
            RedisBackend.class.getProtectionDomain().getCodeSource().getLocation();

    private static final JavaClasses MODULE = new ClassFileImporter().importUrl(LOCATION);

    @Test
    void knowsTheCoreAndItsClientAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "io.lettuce.core..", "io.embedim..", "org.slf4j..", "org.jspecify..")
                .check(MODULE);
        assertThat(MODULE.contain(RedisBackend.class)).isTrue();
        assertThat(MODULE.contain(ModuleTest.class)).isFalse();
    }

    @Test
    void exportsItsOnePackage() throws IOException {
        URI classes = URI.create(LOCATION.toString());
        try (InputStream in = classes.resolve("module-info.class").toURL().openStream()) {
            ModuleDescriptor module = ModuleDescriptor.read(in);

            assertThat(module.name()).isEqualTo("io.embedim.redis");
            assertThat(module.exports())
                    .extracting(ModuleDescriptor.Exports::source)
                    .containsExactly("io.embedim.redis");
        }
    }
}
