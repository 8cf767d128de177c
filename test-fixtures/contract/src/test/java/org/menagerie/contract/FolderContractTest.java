package org.menagerie.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import javax.imageio.ImageIO;
import org.menagerie.training.data.DatasetKind;
import org.menagerie.training.data.Splits;
import org.menagerie.training.files.FilesPlugin;

/** Twenty pictures of noise in two classes, as PNG. */
class FolderContractTest extends DatasetContract {
    private static final int PICTURES = 20;
    private static final int SIZE = 12;

    @Override
    protected DatasetKind kind() {
        return Objects.requireNonNull(DataKinds.of(new FilesPlugin()).get("folder"));
    }

    @Override
    protected String write(Path folder) throws IOException {
        Random random = new Random(3);
        for (String part : Splits.PARTS) {
            for (int i = 0; i < PICTURES; i++) {
                Path file =
                        folder.resolve(part).resolve(i % 2 == 0 ? "cat" : "dog").resolve(part + i + ".png");
                Files.createDirectories(file.getParent());
                ImageIO.write(noise(random), "png", file.toFile());
            }
        }
        return folder.toString();
    }

    private static BufferedImage noise(Random random) {
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < SIZE * SIZE; i++) {
            image.setRGB(i % SIZE, i / SIZE, random.nextInt(1 << 24));
        }
        return image;
    }

    /** Nothing says which files a folder had: without one, there is one example less. */
    @Override
    protected void assertMissing(Path file) {
        assertThat(Splits.PARTS)
                .map(part ->
                        kind().open(folder().toString(), files()).part(part).size())
                .containsOnlyOnce(PICTURES - 1);
    }
}
