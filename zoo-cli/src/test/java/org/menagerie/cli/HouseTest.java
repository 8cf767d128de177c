package org.menagerie.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows of the house: see ARCHITECTURE.md. */
class HouseTest {
    private static final String[] API = {
        "org.menagerie.spi..",
        "org.menagerie.weights..",
        "org.menagerie.graph..",
        "org.menagerie.runtime..",
        "org.menagerie.decoding..",
        "org.menagerie.vision..",
        "org.menagerie.audio..",
        "org.menagerie.text..",
        "org.menagerie.tabular..",
        "org.menagerie.training..",
        "org.menagerie.hub..",
        "org.menagerie.explain..",
        "org.menagerie.studio.."
    };

    /**
     * Circles that are allowed: a value knows the operator that made it, which infers types of values; a metric brings sections of
     * the page that shows its figures.
     */
    private static final Map<String, String> TOGETHER = Map.of(
            "org.menagerie.graph.operator", "org.menagerie.graph",
            "org.menagerie.studio.report", "org.menagerie.studio.metric");

    /**
     * Each package by its name, but those of a circle that is allowed together, and each plugin by itself: it binds what all packages
     * of its module have.
     */
    private static final SliceAssignment PACKAGES = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            if (type.getName().matches(".*Plugin(\\$.*)?")) {
                return SliceIdentifier.of(type.getName().replaceFirst("\\$.*", ""));
            }
            return SliceIdentifier.of(TOGETHER.getOrDefault(name, name));
        }

        @Override
        public String getDescription() {
            return "packages";
        }
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
        noClasses()
                .that()
                .resideInAPackage("org.menagerie.graph..")
                .and()
                .resideOutsideOfPackage("org.menagerie.graph.plugin")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.inject..", "org.menagerie.graph.plugin")
                .check(classes);
    }

    @Test
    void weightsSeeTheSpiAlone() {
        noClasses()
                .that()
                .resideInAPackage("org.menagerie.weights..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.menagerie..")
                        .and(not(resideInAnyPackage("org.menagerie.weights..", "org.menagerie.spi.."))))
                .check(classes);
    }

    @Test
    void filesAreMovedInOnePlace() {
        noClasses()
                .that()
                .resideInAPackage("org.menagerie..")
                .and()
                .resideOutsideOfPackage("org.menagerie.weights..")
                .should()
                .accessField(StandardCopyOption.class, "ATOMIC_MOVE")
                .check(classes);
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
        never(
                new String[] {"org.menagerie.hub.."},
                "org.menagerie.training..",
                "org.menagerie.graph..",
                "org.menagerie.studio..",
                "org.menagerie.cli..");
    }

    /** It stands on the hub and the graph, and needs no training. */
    @Test
    void explanationsSeeNeitherTrainingNorTheStudio() {
        never(new String[] {"org.menagerie.explain.."}, "org.menagerie.training..", "org.menagerie.studio..");
    }

    @Test
    void nothingBelowSeesExplanations() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.menagerie.explain..", "org.menagerie.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.menagerie.explain..")
                .check(classes);
    }

    /** The studio stands on both; neither knows it. */
    @Test
    void trainingSeesNeitherTheHubNorTheStudio() {
        never(new String[] {"org.menagerie.training.."}, "org.menagerie.hub..", "org.menagerie.studio..");
    }

    @Test
    void onlyTheCommandSeesTheStudio() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.menagerie.studio..", "org.menagerie.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.menagerie.studio..")
                .check(classes);
    }

    /** Training sees vision, to read pictures as models do; not the other way round. */
    @Test
    void visionSeesNeitherTrainingNorTheRuntime() {
        never(
                new String[] {"org.menagerie.vision.."},
                "org.menagerie.training..",
                "org.menagerie.graph..",
                "org.menagerie.runtime..");
    }

    @Test
    void picturesAreReadInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.menagerie.vision.file..")
                .should()
                .callMethodWhere(target(nameMatching("read|readAll|getImageReaders.*"))
                        .and(target(owner(nameMatching("javax\\.imageio\\..*")))))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(javax.imageio.ImageReader.class)
                .orShould()
                .callMethodWhere(target(nameMatching("from(File|Url|InputStream)"))
                        .and(target(owner(nameMatching("ai\\.djl\\.modality\\.cv\\..*")))))
                .check(classes);
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

    /**
     * No package needs another that needs it, in any module or between modules. The one exception: a graph's builder infers
     * types by the operators, which speak of the graph's types.
     */
    @Test
    void noPackageIsInACircle() {
        slices().assignedFrom(PACKAGES).should().beFreeOfCycles().check(classes);
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
