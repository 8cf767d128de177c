package org.menagerie.hub.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.hub.catalog.Catalogs.Listing;

/** Files that call themselves cards: each costs a listing little, and the second listing less. */
class HostileCardsTest {
    private static final String START = """
            ---
            license: mit
            pipeline_tag: image-classification
            menagerie:
              artifacts:
                model: {file: a, size: 1, sha256: "%s", sources: ["file:a"]}
              preprocessor: {name: image}
              decoder: {name: x}
            """.formatted("0".repeat(64));

    @TempDir
    Path temp;

    private Path cards = Path.of("");

    @BeforeEach
    void cards() throws IOException {
        cards = Files.createDirectories(temp.resolve("cards"));
        Files.writeString(cards.resolve("good.md"), START + "---\nGood.\n");
    }

    private Listing list() {
        return assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> new Catalogs(List.of(FolderCatalog.of("mine", cards))).summaries(temp.resolve("summaries")));
    }

    private void assertRefused(String problem) {
        Listing listing = list();
        assertThat(listing.cards()).extracting(card -> card.file().name()).containsExactly("good");
        assertThat(listing.problems())
                .singleElement()
                .asString()
                .contains(problem)
                .doesNotContain("\n");
        assertThat(list().problems()).isEqualTo(listing.problems());
    }

    @Test
    @EnabledOnOs(
            value = {OS.LINUX, OS.MAC},
            disabledReason = "Windows has no devices in its file system")
    void devicesAndPipesAreNoCards() throws Exception {
        Files.createSymbolicLink(cards.resolve("zero.md"), Path.of("/dev/zero"));
        assertRefused("is not a regular file");
        Files.delete(cards.resolve("zero.md"));
        assertThat(new ProcessBuilder("mkfifo", cards.resolve("pipe.md").toString())
                        .start()
                        .waitFor())
                .isZero();
        assertRefused("is not a regular file");
    }

    /** Linux's files of no size and endless content. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has /proc")
    void aFileThatSaysItIsEmptyIsReadAsFarAsACardGoes() throws IOException {
        Files.createSymbolicLink(cards.resolve("proc.md"), Path.of("/proc/kallsyms"));
        assertRefused("Card");
    }

    @Test
    void aLargeCardIsRefusedByItsSize() throws IOException {
        Files.writeString(cards.resolve("big.md"), START + "tags: [" + "a, ".repeat(1_200_000) + "a]\n---\n");
        assertRefused("more than 1,048,576 bytes");
        Files.writeString(cards.resolve("big.md"), START + "tags: [" + "a, ".repeat(180_000) + "a]\n---\n");
        assertRefused("characters of front matter; a card has at most 524,288");
    }

    @Test
    void aListWithinBoundsIsReadOnceAndItsProblemRemembered() throws IOException {
        Files.writeString(cards.resolve("long.md"), START + "tags: [" + "a, ".repeat(100_000) + "1]\n---\n");
        assertRefused("tags[100000]");
        // What the second listing says comes from the file that the first one wrote.
        Path summaries = temp.resolve("summaries");
        Files.writeString(summaries, Files.readString(summaries).replace("tags[100000]", "as remembered"));
        assertThat(list().problems()).singleElement().asString().contains("as remembered");
        Files.writeString(cards.resolve("long.md"), START + "tags: [a]\n---\n");
        assertThat(list().problems()).isEmpty();
        assertThat(list().cards()).hasSize(2);
    }

    @Test
    void bombsOfNamesAndLevelsAreRefused() throws IOException {
        String key = "k".repeat(900);
        StringBuilder deep = new StringBuilder(START + "extra: ");
        for (int i = 0; i < 20; i++) {
            deep.append("{").append(key).append(": ");
        }
        deep.append("[").append("1,".repeat(200_000)).append("1]").append("}".repeat(20));
        Files.writeString(cards.resolve("deep.md"), deep + "\n---\n");
        assertRefused("too many values under names too long");
        Files.writeString(cards.resolve("deep.md"), START + "extra: " + "[".repeat(200_000) + "\n---\n");
        assertRefused("Card deep.md");
        Files.writeString(cards.resolve("deep.md"), START + "a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]\n---\n");
        assertRefused("anchors and aliases");
    }
}
