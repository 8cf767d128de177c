package org.menagerie.plugin.mlsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.modality.cv.Image;
import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.menagerie.fixtures.Fetched;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.plugin.mlsd.LineSegments.Segment;
import org.menagerie.runtime.Device;
import org.menagerie.spi.Model;
import org.menagerie.spi.answer.AnswerKind;
import org.menagerie.spi.answer.AnswerView;
import org.menagerie.vision.ImageReader;

/**
 * Runs the published network; skipped only if offline without it. Expected ends and scores are those of the authors'
 * {@code pred_lines}, written again in NumPy, on what the network gives to the picture as OpenCV 4.6 resizes it.
 */
class MlsdModelTest {
    private static final Zoo ZOO = Zoo.open(ZooOptions.defaults().withDevice(Device.CPU));

    /** The picture has the network's size, so that nothing is resized. */
    @Test
    void findsTheLinesOfTheReference() {
        List<Segment> segments = segments("astronaut.png");
        assertThat(segments).hasSize(33);
        near(segments.get(0), 0.536, 216.562, 45.871, 278.379, 0.885, 0.01);
        near(segments.get(1), 12.817, 144.024, 72.191, 237.864, 0.872, 0.01);
        near(segments.get(2), 277.970, 339.689, 325.355, 346.301, 0.862, 0.01);
        near(segments.get(7), 16.264, -0.310, 38.350, 114.369, 0.721, 0.01);
    }

    /** OpenCV enlarges a side in another way than ours. */
    @Test
    void findsThemInAResizedPicture() {
        List<Segment> segments = segments("coffee.png");
        assertThat(segments).hasSize(3);
        near(segments.get(0), -0.145, 107.856, 154.129, 0.639, 0.977, 1.5);
    }

    @Test
    void segmentsAreToldAsTextJsonPictureAndTable() {
        Image picture = picture("coffee.png");
        try (Model<Image, LineSegments> model = load()) {
            LineSegments answer = model.predict(picture);
            AnswerView view = ZOO.answers().view(picture);
            assertThat(view.text(answer))
                    .hasSize(3)
                    .first()
                    .asString()
                    .matches("0\\.97\\d\\d  \\(-?\\d, 10\\d\\) - .*");
            JsonNode json = view.json(answer);
            assertThat(json.at("/segments/0/score").asDouble()).isCloseTo(0.977, within(0.01));
            assertThat(json.at("/segments/0/y1").asDouble()).isCloseTo(107.9, within(1.5));
            assertThat(view.rows(answer).orElseThrow())
                    .hasSize(3)
                    .allSatisfy(row -> assertThat(row).hasSize(5));
            BufferedImage drawn = view.image(AnswerKind.DRAWING, answer).orElseThrow();
            BufferedImage plain = (BufferedImage) picture.getWrappedImage();
            assertThat(drawn.getRGB(77, 54)).isNotEqualTo(plain.getRGB(77, 54));
            assertThat(drawn.getRGB(300, 300)).isEqualTo(plain.getRGB(300, 300));
        }
    }

    private static void near(Segment segment, double x1, double y1, double x2, double y2, double score, double pixels) {
        assertThat(segment.x1()).isCloseTo(x1, within(pixels));
        assertThat(segment.y1()).isCloseTo(y1, within(pixels));
        assertThat(segment.x2()).isCloseTo(x2, within(pixels));
        assertThat(segment.y2()).isCloseTo(y2, within(pixels));
        assertThat(segment.score()).isCloseTo(score, within(0.01));
    }

    private static List<Segment> segments(String name) {
        try (Model<Image, LineSegments> model = load()) {
            return model.predict(picture(name)).segments();
        }
    }

    private static Image picture(String name) {
        return new ImageReader().read(Fixtures.bytes("images/" + name), name);
    }

    private static Model<Image, LineSegments> load() {
        return Fetched.orSkip(() -> ZOO.load("mlsd-large", Image.class, LineSegments.class));
    }
}
