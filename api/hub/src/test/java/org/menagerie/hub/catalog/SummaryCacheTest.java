package org.menagerie.hub.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.hub.catalog.CardSummary.Content;
import org.menagerie.hub.catalog.Catalogs.Listing;

class SummaryCacheTest {
    private static final String SHA = "0123456789abcdef".repeat(4);

    @TempDir
    Path temp;

    private Path cards = Path.of("");
    private Path cache = Path.of("");

    @BeforeEach
    void cards() throws IOException {
        cards = Files.createDirectories(temp.resolve("cards"));
        cache = temp.resolve("home/summaries");
        card("a", "mit");
        card("b", "apache-2.0");
        Files.writeString(cards.resolve("broken.md"), "no card");
    }

    private void card(String name, String license) throws IOException {
        Files.writeString(cards.resolve(name + ".md"), """
                ---
                license: %s
                pipeline_tag: image-classification
                menagerie:
                  architecture: {name: lenet}
                  artifacts:
                    model: {file: net.onnx, size: 7, sha256: %s, sources: ["file:net.onnx"]}
                    words: {file: words.txt, size: 9, sha256: %s, sources: ["file:words.txt"]}
                  preprocessor: {name: image}
                  decoder: {name: classification}
                ---
                """.formatted(license, SHA, SHA.replace('0', '1')));
    }

    private Listing list() {
        return new Catalogs(List.of(FolderCatalog.of("mine", cards))).summaries(cache);
    }

    private List<CardSummary> summaries() {
        Listing listing = list();
        assertThat(listing.problems()).singleElement().asString().contains("Card broken.md, line 1");
        return listing.cards().stream().map(Catalogs.Listed::summary).toList();
    }

    @Test
    void theSecondListingSaysWhatTheFirstSaid() throws IOException {
        List<CardSummary> first = summaries();
        assertThat(first).hasSize(2);
        assertThat(first.get(0).contents()).containsExactly(new Content(SHA, 7), new Content(SHA.replace('0', '1'), 9));
        assertThat(first.get(0).architecture()).contains("lenet");
        assertThat(first.get(0).size()).isEqualTo(16);
        // What a listing takes from the file shows when the file says something else.
        Files.writeString(cache, Files.readString(cache).replace("\tmit\t", "\tfrom the cache\t"));
        assertThat(summaries()).extracting(CardSummary::license).containsExactly("from the cache", "apache-2.0");
        Files.delete(cache);
        assertThat(summaries()).isEqualTo(first);
    }

    @Test
    void aChangedCardIsReadAnew() throws IOException {
        summaries();
        card("a", "bsd");
        assertThat(summaries()).extracting(CardSummary::license).containsExactly("bsd", "apache-2.0");
        Files.writeString(
                cards.resolve("a.md"), Files.readString(cards.resolve("a.md")).replace("size: 7", "size: -7"));
        assertThat(list().problems()).hasSize(2).anyMatch(problem -> problem.contains("Card a.md, line 7"));
    }

    @Test
    void aDamagedFileOrNoneAtAllChangesNothing() throws IOException {
        List<CardSummary> first = summaries();
        byte[] whole = Files.readAllBytes(cache);
        Random random = new Random(3);
        for (int i = 0; i < 100; i++) {
            List<String> lines = new ArrayList<>(Files.readAllLines(cache));
            lines.set(random.nextInt(lines.size()), "x\t".repeat(random.nextInt(8)));
            Files.write(cache, lines);
            assertThat(summaries()).isEqualTo(first);
            Files.write(cache, Arrays.copyOf(whole, random.nextInt(whole.length)));
            assertThat(summaries()).isEqualTo(first);
            Files.write(cache, whole);
        }
        Files.delete(cache);
        Files.createDirectories(cache.resolve("in the way"));
        assertThat(summaries()).isEqualTo(first);
    }
}
