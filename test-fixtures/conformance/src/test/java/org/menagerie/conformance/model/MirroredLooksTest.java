package org.menagerie.conformance.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.output.CategoryMask;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.DetectedObjects.DetectedObject;
import ai.djl.modality.cv.output.Rectangle;
import com.fasterxml.jackson.databind.node.TextNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.hub.TypedModel;
import org.menagerie.spi.Model;
import org.menagerie.vision.ImageReader;

/**
 * A network that also looks at the mirrored picture answers a mirrored picture with the mirrored answer, whatever it has learnt:
 * the two looks are exchanged.
 */
class MirroredLooksTest {
    private static final double NEAR = 1e-4;

    @TempDir
    Path folder = Path.of("");

    private static Image scene() throws IOException {
        String name = "/META-INF/menagerie/samples/fashion-scene.png";
        try (InputStream in = MirroredLooksTest.class.getResourceAsStream(name)) {
            return new ImageReader().read(Objects.requireNonNull(in), name);
        }
    }

    private static Image mirrored(Image picture) {
        BufferedImage from = (BufferedImage) picture.getWrappedImage();
        BufferedImage to = new BufferedImage(from.getWidth(), from.getHeight(), from.getType());
        for (int y = 0; y < to.getHeight(); y++) {
            for (int x = 0; x < to.getWidth(); x++) {
                int[] pixel = from.getRaster().getPixel(from.getWidth() - 1 - x, y, (int[]) null);
                to.getRaster().setPixel(x, y, pixel);
            }
        }
        return ImageFactory.getInstance().fromImage(to);
    }

    @SuppressWarnings("unchecked") // checked by the types that the model states
    private static <O> Model<Image, O> flipping(String name, Class<O> output) {
        TypedModel<?, ?> typed = ShippedModels.ZOO.load(name, Map.of("tta", TextNode.valueOf("flip")));
        assertThat(typed.input()).isEqualTo(Image.class);
        assertThat(typed.output()).isEqualTo(output);
        return (Model<Image, O>) typed.model();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yolo-fashion-scenes", "faster-rcnn-fashion-scenes", "rcnn-fashion-scenes"})
    void detectors(String name) throws IOException {
        Image scene = scene();
        try (Model<Image, DetectedObjects> model = flipping(name, DetectedObjects.class)) {
            List<DetectedObject> here = model.predict(scene).items();
            List<DetectedObject> there = model.predict(mirrored(scene)).items();
            assertThat(here).isNotEmpty();
            assertThat(there).hasSameSizeAs(here);
            for (DetectedObject object : here) {
                Rectangle box = object.getBoundingBox().getBounds();
                assertThat(there).as("%s at %s", object.getClassName(), box).anySatisfy(other -> {
                    Rectangle twin = other.getBoundingBox().getBounds();
                    assertThat(other.getClassName()).isEqualTo(object.getClassName());
                    assertThat(other.getProbability()).isCloseTo(object.getProbability(), within(NEAR));
                    assertThat(1 - twin.getX() - twin.getWidth()).isCloseTo(box.getX(), within(NEAR));
                    assertThat(twin.getY()).isCloseTo(box.getY(), within(NEAR));
                    assertThat(twin.getWidth()).isCloseTo(box.getWidth(), within(NEAR));
                });
            }
        }
    }

    @Test
    void segmentation() throws IOException {
        Image scene = scene();
        try (Model<Image, CategoryMask> model = flipping("unet-fashion-scenes", CategoryMask.class)) {
            int[][] here = model.predict(scene).getMask();
            int[][] there = model.predict(mirrored(scene)).getMask();
            int different = 0;
            for (int y = 0; y < here.length; y++) {
                for (int x = 0; x < here[y].length; x++) {
                    different += here[y][x] == there[y][here[y].length - 1 - x] ? 0 : 1;
                }
            }
            // Rounding may decide where two kinds are equally likely.
            assertThat(different).isLessThan(5);
        }
    }

    @Test
    void classification() throws IOException {
        Image boot = new ImageReader().read(Fixtures.copy("images/ankle-boot.png", folder));
        try (Model<Image, Classifications> model = flipping("lenet-fashion-mnist", Classifications.class)) {
            Classifications here = model.predict(boot);
            Classifications there = model.predict(mirrored(boot));
            assertThat(there.getClassNames()).isEqualTo(here.getClassNames());
            for (String name : here.getClassNames()) {
                assertThat(there.get(name).getProbability())
                        .isCloseTo(here.get(name).getProbability(), within(NEAR));
            }
        }
    }
}
