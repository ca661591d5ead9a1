package io.embedim.client;

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

    private static final URL LOCATION =
            ChatSession.class.getProtectionDomain().getCodeSource().getLocation();

    private static final JavaClasses MODULE = new ClassFileImporter().importUrl(LOCATION);

    @Test
    void theSessionKnowsJsonAndTheJdkAlone() {
        classes()
                .that()
                .doNotHaveSimpleName("ChatClient")
                .and()
                .haveNameNotMatching(".*\\.Wire(\\$.*)?")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "io.embedim.client..", "tools.jackson.core..", "org.jspecify..")
                .check(MODULE);
        assertThat(MODULE.contain(ChatSession.class)).isTrue();
    }

    @Test
    void exportsItsOnePackage() throws IOException {
        URI classes = URI.create(LOCATION.toString());
        try (InputStream in = classes.resolve("module-info.class").toURL().openStream()) {
            ModuleDescriptor module = ModuleDescriptor.read(in);

            assertThat(module.name()).isEqualTo("io.embedim.client");
            assertThat(module.exports())
                    .extracting(ModuleDescriptor.Exports::source)
                    .containsExactly("io.embedim.client");
        }
    }
}
