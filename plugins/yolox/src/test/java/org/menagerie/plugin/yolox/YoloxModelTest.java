package org.menagerie.plugin.yolox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.DetectedObjects.DetectedObject;
import ai.djl.modality.cv.output.Rectangle;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.runtime.Device;
import org.menagerie.spi.Model;
import org.menagerie.vision.ImageReader;

/** Runs the network that ships, on photographs. Expected boxes are centres and sizes in the network's square of 416 pixels. */
class YoloxModelTest {
    private static final Zoo ZOO =
            Zoo.open(ZooOptions.defaults().withDevice(Device.CPU).withOffline(true));

    @ParameterizedTest
    @CsvSource({"chelsea.png, cat, 0.623, 201, 131, 427, 292", "coffee.png, cup, 0.899, 203, 107, 180, 193"})
    void findsTheThingInTheMiddle(String file, String label, double score, int x, int y, int width, int height) {
        Image picture = picture(file);
        DetectedObject best = predict(picture).get(0);
        assertThat(best.getClassName()).isEqualTo(label);
        assertThat(best.getProbability()).isCloseTo(score, within(0.01));
        double scale = 416.0 / Math.max(picture.getWidth(), picture.getHeight());
        Rectangle box = best.getBoundingBox().getBounds();
        // Boxes end with the picture.
        double left = Math.max(0, x - width / 2.0);
        double top = Math.max(0, y - height / 2.0);
        double right = Math.min(x + width / 2.0, scale * picture.getWidth());
        double bottom = Math.min(y + height / 2.0, scale * picture.getHeight());
        assertThat(box.getX() * picture.getWidth() * scale).isCloseTo(left, within(2.0));
        assertThat(box.getY() * picture.getHeight() * scale).isCloseTo(top, within(2.0));
        assertThat(box.getWidth() * picture.getWidth() * scale).isCloseTo(right - left, within(3.0));
        assertThat(box.getHeight() * picture.getHeight() * scale).isCloseTo(bottom - top, within(3.0));
    }

    @Test
    void findsTheAstronaut() {
        assertThat(predict(picture("astronaut.png")))
                .singleElement()
                .satisfies(person -> assertThat(person.getClassName()).isEqualTo("person"))
                .satisfies(person -> assertThat(person.getProbability()).isCloseTo(0.925, within(0.01)));
    }

    private static List<DetectedObject> predict(Image picture) {
        try (Model<Image, DetectedObjects> model = ZOO.load("yolox-nano-coco", Image.class, DetectedObjects.class)) {
            return model.predict(picture).items();
        }
    }

    private static Image picture(String name) {
        return new ImageReader().read(Fixtures.bytes("images/" + name), name);
    }
}
