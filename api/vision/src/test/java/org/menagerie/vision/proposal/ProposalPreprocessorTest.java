package org.menagerie.vision.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.modality.cv.BufferedImageFactory;
import ai.djl.modality.cv.Image;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;
import org.menagerie.vision.ImagePreprocessor;
import org.menagerie.vision.ImageSettings;

class ProposalPreprocessorTest {
    private static final ImageSettings SETTINGS = ImageSettings.of("image", 40, 32);
    private static final Rectangle OBJECT = new Rectangle(8, 4, 16, 20);

    private final ProposalPreprocessor preprocessor =
            new ProposalPreprocessor(new ProposalSettings(SETTINGS, null, null, null, 0.0, null, null));

    /** A red rectangle, or none, on white, drawn at twice the network's size. */
    private static Image picture(boolean object) {
        BufferedImage pixels = new BufferedImage(80, 64, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 64; y++) {
            for (int x = 0; x < 80; x++) {
                pixels.setRGB(x, y, object && OBJECT.contains(x / 2, y / 2) ? 0xC02020 : 0xFFFFFF);
            }
        }
        return new BufferedImageFactory().fromImage(pixels);
    }

    private static Tensor tensor(Prepared prepared, String name) {
        return Objects.requireNonNull(prepared.tensors().get(name));
    }

    @Test
    void boxesAreInPixelsOfWhatTheNetworkSees() {
        try (Prepared prepared = preprocessor.prepare(List.of(picture(true)))) {
            Tensor proposals = tensor(prepared, "proposals");
            assertThat(proposals.shape().dim(2)).isEqualTo(4);
            float[] corners = proposals.toFloatArray();
            boolean found = false;
            for (int i = 0; i < corners.length; i += 4) {
                // Shrinking mixes the pixels at the edges, which may fall to either side.
                found |= Math.abs(corners[i] - 8) <= 1
                        && Math.abs(corners[i + 1] - 4) <= 1
                        && Math.abs(corners[i + 2] - 24) <= 1
                        && Math.abs(corners[i + 3] - 24) <= 1;
            }
            assertThat(found).as("the red rectangle is proposed").isTrue();
        }
    }

    @Test
    void theImageIsAsThePreprocessorOfImagesMakesItAndShorterListsEndInZeros() {
        List<Image> pictures = List.of(picture(true), picture(false));
        try (Prepared prepared = preprocessor.prepare(pictures);
                Prepared plain = new ImagePreprocessor(SETTINGS).prepare(pictures)) {
            assertThat(tensor(prepared, "image").toFloatArray())
                    .isEqualTo(tensor(plain, "image").toFloatArray());
            assertThat(prepared.origins()).isEqualTo(plain.origins());
            Tensor proposals = tensor(prepared, "proposals");
            int most = (int) proposals.shape().dim(1);
            assertThat(proposals.shape()).isEqualTo(new Shape(2, most, 4));
            assertThat(most).isGreaterThan(1);
            float[] corners = proposals.toFloatArray();
            float[] blank = Arrays.copyOfRange(corners, 4 * most, 8 * most);
            assertThat(Arrays.copyOf(blank, 4)).containsExactly(0, 0, 40, 32);
            assertThat(Arrays.copyOfRange(blank, 4, blank.length)).containsOnly(0);
        }
    }
}
