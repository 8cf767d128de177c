package org.menagerie.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.spi.IntegrityException;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.ModelCard.Artifact;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.Tensor;
import org.menagerie.weights.Sha256;

class FashionMnistTest {
    @TempDir
    Path folder;

    @Test
    void theWholeSetOpensWithItsSplitsAndStatistics() {
        Assumptions.assumeTrue(
                Files.exists(Path.of("/usr/share/datasets/fashion-mnist")),
                "Debian's dataset-fashion-mnist is not installed");
        Splits splits = datasets().open("fashion-mnist");
        assertThat(splits.train().size()).isEqualTo(55_000);
        assertThat(splits.validation().size()).isEqualTo(5_000);
        assertThat(splits.test().size()).isEqualTo(10_000);
        assertThat(splits.test().info().labels()).hasSize(10).contains("Ankle boot");
        // The first labels that upstream's page shows for the two files.
        assertThat(Column.in(splits.train().batch(0, 1, 2, 3), "label").toLongArray())
                .containsExactly(9, 0, 0, 3);
        assertThat(Column.in(splits.test().batch(0, 1, 2, 3), "label").toLongArray())
                .containsExactly(9, 2, 1, 1);

        double sum = 0;
        double squares = 0;
        for (int from = 0; from < 10_000; from += 1_000) {
            Tensor images = Column.in(
                    splits.train().batch(IntStream.range(from, from + 1_000).toArray()), "image");
            for (float x : images.toFloatArray()) {
                sum += x / 255;
                squares += x / 255 * (x / 255);
            }
        }
        double n = 10_000 * 784.0;
        assertThat(sum / n).isCloseTo(.2860, within(.002));
        assertThat(Math.sqrt(squares / n - sum / n * (sum / n))).isCloseTo(.3530, within(.002));
    }

    @Test
    void theSubsetOpensAsIdxAndIsRefusedUnderTheWholeSetsName() {
        Fixtures.copyFashionSubset(folder);
        Splits splits = datasets().open("idx:" + folder);
        assertThat(splits.train().size() + splits.validation().size()).isEqualTo(2_000);
        assertThat(splits.validation().size()).isEqualTo(166);
        int[] counts = new int[10];
        for (long label : Column.in(splits.test().batch(IntStream.range(0, 500).toArray()), "label")
                .toLongArray()) {
            counts[(int) label]++;
        }
        assertThat(counts).containsOnly(50);
        assertThatThrownBy(() -> datasets().open("fashion-mnist:" + folder))
                .isInstanceOf(IntegrityException.class)
                .hasMessageContaining("SHA-256")
                .hasMessageContaining("idx:FOLDER");
    }

    @Test
    void whatIsNotInstalledIsAskedForWithItsHash() {
        Fixtures.copyFashionSubset(folder);
        List<Artifact> asked = new ArrayList<>();
        DataFiles subset = (dataset, file) -> {
            assertThat(dataset).isEqualTo("fashion-mnist");
            asked.add(file);
            return Optional.of(folder.resolve(file.file()));
        };
        FashionMnist uninstalled = new FashionMnist(folder.resolve("absent"));
        assertThatThrownBy(() -> uninstalled.open("", subset)).isInstanceOf(IntegrityException.class);
        assertThat(asked)
                .extracting(Artifact::file)
                .containsExactly("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz");
        assertThat(asked).allMatch(file -> file.sources().get(0).endsWith("/" + file.file()));
        assertThatThrownBy(() -> uninstalled.open("", DataFiles.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("fashion-mnist:FOLDER");
    }

    @Test
    void anUnknownNameListsTheAlternatives() {
        assertThatThrownBy(() -> datasets().open("fashion:/x"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        "Unknown data set 'fashion' in 'fashion:/x' (did you mean 'fashion-mnist' or 'fashion-scenes'?); available are ")
                .hasMessageContaining("cmudict, coco, fashion-mnist, fashion-scenes, folder, idx");
    }

    @Test
    void missingFilesAreNamed() {
        assertThatThrownBy(() -> datasets().open("fashion-mnist:" + folder))
                .hasMessageContaining("has neither train-images-idx3-ubyte nor train-images-idx3-ubyte.gz");
        assertThatThrownBy(() -> datasets().open("idx")).hasMessageContaining("needs a folder");
    }

    @Test
    void malformedFilesGetOneSentence() throws IOException {
        refuse(new byte[0], "is cut off");
        refuse(new byte[] {0}, "is cut off");
        refuse(idx(0x00000801, 1, 1), "starts with 0x00000801; expected 0x00000803");
        refuse(idx(0x00000d03, 1, 1, 1), "starts with 0x00000d03");
        refuse(idx(0x803, 1, 2), "is cut off");
        refuse(idx(0x803, 1, 2, 2), "is cut off");
        refuse(idx(0x803, -1, 2, 2), "declares extents [-1, 2, 2]");
        refuse(idx(0x803, 1 << 20, 1 << 20, 1 << 30), "at most 2 GiB");
        refuse(idx(0x803, 0, 0, 0, 5), "goes on after the 0 elements");
        byte[] gzip = Fixtures.bytes("fashion-mnist/t10k-images-idx3-ubyte.gz");
        refuse(Arrays.copyOf(gzip, gzip.length / 2), "is cut off");
        gzip[gzip.length / 2] ^= 0x55;
        refuse(gzip, "IDX file");
        assertThatThrownBy(() -> IdxFile.read(folder.resolve("absent"), 3)).hasMessageContaining("does not exist");
    }

    @Test
    void plainFilesAreReadLikeCompressedOnes() throws IOException {
        Path compressed = Fixtures.copy("fashion-mnist/t10k-labels-idx1-ubyte.gz", folder);
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(compressed))) {
            in.transferTo(plain);
        }
        Path unpacked = Files.write(folder.resolve("plain"), plain.toByteArray());
        assertThat(IdxFile.read(unpacked, 1).sha256())
                .isEqualTo(IdxFile.read(compressed, 1).sha256())
                .isEqualTo(Sha256.of(plain.toByteArray()));
    }

    private void refuse(byte[] bytes, String reason) throws IOException {
        Path file = Files.write(folder.resolve("broken-idx3-ubyte"), bytes);
        assertThatThrownBy(() -> IdxFile.read(file, 3))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(reason);
    }

    private static byte[] idx(int... fields) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * fields.length);
        bytes.asIntBuffer().put(fields);
        return bytes.array();
    }

    private static Datasets datasets() {
        Map<String, DatasetKind> kinds = Guice.createInjector(ServiceLoader.load(ModelPlugin.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList())
                .getInstance(Key.get(new TypeLiteral<Map<String, DatasetKind>>() {}));
        return new Datasets(kinds, DataFiles.NONE);
    }
}
