package org.menagerie.plugin.blazeface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.DetectedObjects.DetectedObject;
import ai.djl.modality.cv.output.Rectangle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.fixtures.Fetched;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.runtime.Device;
import org.menagerie.spi.Model;
import org.menagerie.vision.ImageReader;

/** Runs the published networks; skipped only if offline without them. */
class BlazeFaceModelTest {
    private static final Zoo ZOO = Zoo.open(ZooOptions.defaults().withDevice(Device.CPU));

    @ParameterizedTest
    @CsvSource({"blazeface-front, 0.922, 178, 81, 94", "blazeface-back, 0.877, 173, 74, 104"})
    void findsTheAstronaut(String name, double score, int x, int y, int side) {
        try (Model<Image, DetectedObjects> model = load(name)) {
            Image picture = picture("astronaut.png");
            DetectedObjects faces = model.predict(picture);
            assertThat(faces.getNumberOfObjects()).isEqualTo(1);
            DetectedObject face = faces.item(0);
            assertThat(face.getProbability()).isCloseTo(score, within(0.01));
            Rectangle box = face.getBoundingBox().getBounds();
            assertThat(box.getX() * picture.getWidth()).isCloseTo(x, within(1.0));
            assertThat(box.getY() * picture.getHeight()).isCloseTo(y, within(1.0));
            assertThat(box.getWidth() * picture.getWidth()).isCloseTo(side, within(1.0));
            assertThat(box.getHeight() * picture.getHeight()).isCloseTo(side, within(1.0));
        }
    }

    @Test
    void seesNoFaceInACatOrACup() {
        try (Model<Image, DetectedObjects> model = load("blazeface-front")) {
            assertThat(model.predict(picture("chelsea.png")).getNumberOfObjects())
                    .isZero();
            assertThat(model.predict(picture("coffee.png")).getNumberOfObjects())
                    .isZero();
        }
    }

    private static Image picture(String name) {
        return new ImageReader().read(Fixtures.bytes("images/" + name), name);
    }

    private static Model<Image, DetectedObjects> load(String name) {
        return Fetched.orSkip(() -> ZOO.load(name, Image.class, DetectedObjects.class));
    }
}
