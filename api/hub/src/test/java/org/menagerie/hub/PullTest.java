package org.menagerie.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.hub.catalog.CardFile;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.ModelCard.Artifact;
import org.menagerie.spi.ZooException;

/** Pulling reads what is here: a damaged file of the right size is named and fetched anew. */
class PullTest {
    private static final byte[] NETWORK = TestModels.doubler(1);

    @TempDir
    Path temp;

    private Hub hub;
    private CardFile file;
    private ModelCard card;

    @BeforeEach
    void publish() throws IOException {
        TestModels.write(temp.resolve("cards"), "net", NETWORK);
        hub = new Hub(ZooOptions.defaults()
                .withHome(temp.resolve("home"))
                .withOffline(true)
                .withCatalogs(List.of(temp.resolve("cards"))));
        file = hub.catalogs().find("net");
        card = file.read();
    }

    private Path blob() throws IOException {
        try (Stream<Path> blobs = Files.list(temp.resolve("home/blobs"))) {
            return blobs.findFirst().orElseThrow();
        }
    }

    @Test
    void aDamagedFileOfTheRightSizeIsNamedAndFetchedAnew() throws IOException {
        assertThat(hub.pull(file, card)).isEmpty();
        assertThat(hub.pull(file, card)).isEmpty();
        for (int at : new int[] {0, NETWORK.length / 2, NETWORK.length - 1}) {
            byte[] damaged = NETWORK.clone();
            damaged[at] ^= 1;
            // In place, as a disk does it: the name under models/ is the same file.
            Files.write(blob(), damaged);
            assertThat(hub.installed(card)).isTrue();
            assertThat(hub.pull(file, card)).extracting(Artifact::file).containsExactly("doubler.onnx");
            assertThat(hub.file(file, card, "model")).hasBinaryContent(NETWORK);
            assertThat(hub.pull(file, card)).isEmpty();
        }
        Files.write(blob(), new byte[3]);
        assertThat(hub.pull(file, card)).hasSize(1);
        assertThat(hub.file(file, card, "model")).hasBinaryContent(NETWORK);
    }

    @Test
    void aDamagedFileThatCannotBeFetchedAnewIsNotHandedOut() throws IOException {
        Path name = hub.file(file, card, "model");
        Files.write(blob(), new byte[NETWORK.length]);
        Files.delete(temp.resolve("cards/doubler.onnx"));
        assertThatThrownBy(() -> hub.pull(file, card)).isInstanceOf(ZooException.class);
        assertThat(hub.installed(card)).isFalse();
        assertThatThrownBy(() -> hub.file(file, card, "model")).isInstanceOf(ZooException.class);
        assertThat(name.toString())
                .contains(card.artifacts().values().iterator().next().sha256());
    }
}
