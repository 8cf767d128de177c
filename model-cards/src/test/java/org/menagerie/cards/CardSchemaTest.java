package org.menagerie.cards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.menagerie.hub.catalog.CardFile;
import org.menagerie.hub.catalog.Catalog;
import org.menagerie.hub.catalog.Catalogs;
import org.menagerie.hub.catalog.PackagedCatalogs;
import org.menagerie.spi.ModelCard;
import org.menagerie.weights.Sha256;

/** Every card of this module fits the schema, is listed, and carries the weights that it says it ships. */
class CardSchemaTest {
    private static final Path FOLDER = Path.of("src/main/resources/META-INF/menagerie/cards");
    private static final Set<String> SCHEMES = Set.of("resource", "https", "hf", "maven", "npm");

    private final List<Catalog> catalogs = PackagedCatalogs.of(CardSchemaTest.class.getClassLoader());

    @Test
    void theIndexListsEveryFile() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(new Catalogs(catalogs).cards())
                    .extracting(card -> card.name() + CardFile.SUFFIX)
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(f -> f.getFileName().toString())
                                    .filter(f -> f.endsWith(CardFile.SUFFIX))
                                    .toList());
        }
        assertThat(new Catalogs(catalogs).read().problems()).isEmpty();
        assertThat(catalogs).extracting(Catalog::name).containsOnly("menagerie");
    }

    @TestFactory
    Stream<DynamicTest> everyCard() {
        return new Catalogs(catalogs)
                .cards().stream().map(file -> DynamicTest.dynamicTest(file.name(), () -> check(file.read())));
    }

    private static void check(ModelCard card) throws IOException {
        assertThat(card.text()).as("prose").isNotBlank();
        for (ModelCard.Artifact artifact : card.artifacts().values()) {
            for (String source : artifact.sources()) {
                String scheme = source.substring(0, source.indexOf(':'));
                assertThat(SCHEMES).as(source).contains(scheme);
                if (scheme.equals("resource")) {
                    byte[] bytes = resource(source.substring(source.indexOf(':') + 1));
                    assertThat(bytes).as(source).hasSize((int) artifact.size());
                    assertThat(Sha256.of(bytes)).as(source).isEqualTo(artifact.sha256());
                }
            }
        }
    }

    private static byte[] resource(String path) throws IOException {
        try (InputStream in = CardSchemaTest.class.getClassLoader().getResourceAsStream(path)) {
            assertThat(in).as("resource " + path).isNotNull();
            return in == null ? new byte[0] : in.readAllBytes();
        }
    }
}
