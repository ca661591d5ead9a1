package io.embedim;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private final JavaClasses core = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.embedim");

    @Test
    void coreKnowsNoContainerNoSocketAndNoBackend() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta.websocket..",
                        "jakarta.servlet..",
                        "java.net.http..",
                        "java.nio.channels..",
                        "java.sql..",
                        "io.lettuce..",
                        "org.apache..",
                        "org.glassfish..")
                .check(core);
    }

    @Test
    void packagesKnowEachOtherInNoCircle() {
        slices().matching("io.embedim.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(core);
    }
}
