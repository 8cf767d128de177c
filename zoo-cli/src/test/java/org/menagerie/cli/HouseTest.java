package org.menagerie.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows of the house: see ARCHITECTURE.md. */
class HouseTest {
    private static final String[] API = {
        "org.menagerie.spi..", "org.menagerie.graph..", "org.menagerie.runtime..", "org.menagerie.decoding..",
        "org.menagerie.vision..", "org.menagerie.audio..", "org.menagerie.text..", "org.menagerie.training..",
        "org.menagerie.hub.."
    };

    private static JavaClasses classes = new ClassFileImporter().importPackages();

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.menagerie");
        assertThat(classes.size()).isGreaterThan(200);
    }

    @Test
    void graphAndSpiNeverSeeOnnxRuntime() {
        never(
                new String[] {"org.menagerie.spi..", "org.menagerie.graph.."},
                "ai.onnxruntime..",
                "org.menagerie.runtime..");
    }

    @Test
    void graphNeverSeesGuice() {
        never(new String[] {"org.menagerie.graph.."}, "com.google.inject..");
    }

    @Test
    void decodingSeesNeitherImagesNorOnnxRuntime() {
        never(new String[] {"org.menagerie.decoding.."}, "ai.onnxruntime..", "ai.djl..", "java.awt.image..");
    }

    @Test
    void onlyTheRuntimeSeesOnnxRuntime() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.menagerie.runtime..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.onnxruntime..")
                .check(classes);
    }

    @Test
    void theHubSeesNoTraining() {
        never(new String[] {"org.menagerie.hub.."}, "org.menagerie.training..", "org.menagerie.cli..");
    }

    @Test
    void noApiModuleSeesAPlugin() {
        never(API, "org.menagerie.plugin..", "org.menagerie.cli..", "org.menagerie.contract..");
    }

    @Test
    void noPluginSeesAnother() {
        slices().matching("org.menagerie.plugin.(*)..")
                .should()
                .notDependOnEachOther()
                .check(classes);
    }

    @Test
    void pluginsNeverSeeTraining() {
        never(new String[] {"org.menagerie.plugin.."}, "org.menagerie.training..", "org.menagerie.hub..");
    }

    private static void never(String[] from, String... to) {
        noClasses()
                .that()
                .resideInAnyPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(to)
                .check(classes);
    }
}
