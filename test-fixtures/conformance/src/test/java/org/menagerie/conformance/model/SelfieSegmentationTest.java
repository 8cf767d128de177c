package org.menagerie.conformance.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.output.CategoryMask;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.spi.Model;
import org.menagerie.vision.ImageReader;

/** The mask of a person on a photograph: the network that ships, by its card alone. */
class SelfieSegmentationTest {
    @Test
    void theAstronautStandsOutOfThePicture() {
        String file = "images/astronaut.png";
        Image picture = new ImageReader().read(Fixtures.bytes(file), file);
        try (Model<Image, CategoryMask> model =
                ShippedModels.ZOO.load("selfie-segmentation", Image.class, CategoryMask.class)) {
            CategoryMask answer = model.predict(picture);
            assertThat(answer.getClasses()).containsExactly("background", "person");
            int[][] mask = answer.getMask();
            assertThat(mask).hasDimensions(512, 512);
            long person = Arrays.stream(mask)
                    .flatMapToInt(Arrays::stream)
                    .filter(place -> place == 1)
                    .count();
            assertThat(person / (512.0 * 512)).isCloseTo(0.60, within(0.01));
            assertThat(mask[120][225]).as("the face").isEqualTo(1);
            assertThat(mask[400][200]).as("the suit").isEqualTo(1);
            assertThat(mask[60][50]).as("the flag").isZero();
            assertThat(mask[60][420]).as("the shuttle").isZero();
        }
    }
}
