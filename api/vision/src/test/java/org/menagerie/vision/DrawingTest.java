package org.menagerie.vision;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.modality.Classifications;
import ai.djl.modality.cv.BufferedImageFactory;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.output.CategoryMask;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.Landmark;
import ai.djl.modality.cv.output.Mask;
import ai.djl.modality.cv.output.Point;
import ai.djl.modality.cv.output.Rectangle;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.menagerie.spi.answer.AnswerKind;
import org.menagerie.spi.answer.Answers;
import org.menagerie.vision.RecognizedText.Corner;
import org.menagerie.vision.RecognizedText.Line;

class DrawingTest {
    private static final int GRAY = 0xFF808080;

    private final Image picture = gray();

    private static Image gray() {
        BufferedImage image = new BufferedImage(200, 100, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 200 * 100; i++) {
            image.setRGB(i % 200, i / 200, GRAY);
        }
        return new BufferedImageFactory().fromImage(image);
    }

    @Test
    void boxesAndPointsAreDrawnWhereTheyAre() {
        BufferedImage drawn = draw(new DetectedObjects(
                List.of("face"),
                List.of(0.9),
                List.of(new Landmark(0.25, 0.4, 0.5, 0.4, List.of(new Point(100, 60))))));
        assertThat(drawn.getRGB(50, 60)).isNotEqualTo(GRAY);
        assertThat(drawn.getRGB(150, 60)).isNotEqualTo(GRAY);
        assertThat(drawn.getRGB(100, 80)).isNotEqualTo(GRAY);
        assertThat(drawn.getRGB(100, 60)).isNotEqualTo(GRAY);
        assertThat(drawn.getRGB(75, 60)).isEqualTo(GRAY);
        assertThat(drawn.getRGB(20, 60)).isEqualTo(GRAY);
    }

    @Test
    void masksTintTheirHalfOfTheBox() {
        BufferedImage drawn = draw(new DetectedObjects(
                List.of("coat"), List.of(0.9), List.of(new Mask(0.25, 0.4, 0.5, 0.4, new float[][] {{1, 0}, {1, 0}}))));
        assertThat(drawn.getRGB(70, 60)).isNotEqualTo(GRAY);
        assertThat(drawn.getRGB(130, 60)).isEqualTo(GRAY);
    }

    @Test
    void segmentationsTintEverythingButTheBackground() {
        BufferedImage drawn = draw(new CategoryMask(List.of("background", "cat"), new int[][] {{0, 1}}));
        assertThat(drawn.getRGB(50, 50)).isEqualTo(GRAY);
        assertThat(drawn.getRGB(110, 90)).isNotEqualTo(GRAY).isEqualTo(drawn.getRGB(190, 90));
        assertThat(drawn.getRGB(5, 5)).isEqualTo(GRAY);
    }

    @Test
    void aClassIsNamedWhereItIsWidest() {
        int[][] rows = new int[100][200];
        rows[20][10] = 1;
        java.util.Arrays.fill(rows[70], 120, 180, 1);
        BufferedImage drawn = draw(new CategoryMask(List.of("background", "cat"), rows));
        assertThat(drawn.getRGB(150, 66)).isNotEqualTo(GRAY);
        assertThat(drawn.getRGB(12, 24)).isEqualTo(GRAY);
    }

    @Test
    void theBestObjectIsDrawnLast() {
        Rectangle box = new Rectangle(0.25, 0.4, 0.5, 0.4);
        List<String> labels = List.of("shirt", "coat", "bag");
        for (boolean bestFirst : new boolean[] {true, false}) {
            List<String> names = bestFirst ? List.of("coat", "shirt", "bag") : List.of("bag", "shirt", "coat");
            List<Double> scores = bestFirst ? List.of(0.9, 0.5, 0.4) : List.of(0.4, 0.5, 0.9);
            DetectedObjects found = new DetectedObjects(names, scores, List.of(box, box, box));
            BufferedImage drawn = draw(picture, found, labels);
            assertThat(new Color(drawn.getRGB(50, 70))).isEqualTo(ClassColors.of(1));
        }
    }

    @Test
    void segmentationsHaveALegendBelowThePicture() {
        CategoryMask mask = new CategoryMask(List.of("background", "cat", "dog", "cow"), new int[][] {{0, 1, 3}});
        BufferedImage drawn = draw(picture, mask, List.of("cat", "dog", "cow"));
        assertThat(drawn.getWidth()).isEqualTo(200);
        assertThat(drawn.getHeight()).isGreaterThan(100);
        boolean[] seen = new boolean[3];
        for (int y = 100; y < drawn.getHeight(); y++) {
            for (int x = 0; x < 200; x++) {
                for (int place = 0; place < 3; place++) {
                    seen[place] |= new Color(drawn.getRGB(x, y)).equals(ClassColors.of(place));
                }
            }
        }
        assertThat(seen).containsExactly(true, false, true);
        CategoryMask empty = new CategoryMask(List.of("background", "cat"), new int[][] {{0}});
        assertThat(draw(empty).getHeight()).isEqualTo(100);
    }

    /** Gray samples are copied as they are, where Java's own drawing would apply a gamma. */
    @Test
    void grayPicturesKeepTheirSamples() {
        BufferedImage gray = new BufferedImage(200, 4, BufferedImage.TYPE_BYTE_GRAY);
        gray.getRaster().setSample(2, 1, 0, 77);
        BufferedImage drawn = draw(
                new BufferedImageFactory().fromImage(gray),
                new DetectedObjects(List.of(), List.of(), List.of()),
                List.of());
        assertThat(drawn.getRGB(2, 1)).isEqualTo(0xFF4D4D4D);
    }

    @Test
    void aSmallPictureIsEnlargedSoThatALabelFits() {
        BufferedImage small = new BufferedImage(28, 28, BufferedImage.TYPE_INT_RGB);
        BufferedImage drawn = draw(
                new BufferedImageFactory().fromImage(small),
                new Classifications(List.of("boot"), List.of(0.7)),
                List.of("boot"));
        assertThat(drawn.getWidth()).isEqualTo(168);
        assertThat(new Color(drawn.getRGB(167, 2))).isEqualTo(Color.BLACK);
        assertThat(new Color(drawn.getRGB(1, 1))).isNotEqualTo(Color.BLACK);
    }

    @Test
    void aLineThatBeginsAtTheEdgeHasItsNumberInAMargin() {
        Line line = new Line(
                "hello", 1, List.of(new Corner(1, 40), new Corner(160, 40), new Corner(160, 60), new Corner(1, 60)));
        BufferedImage drawn = draw(new RecognizedText(List.of(line)));
        int margin = drawn.getWidth() - 200;
        assertThat(margin).isBetween(5, 30);
        assertThat(drawn.getRGB(margin + 10, 50)).isEqualTo(GRAY);
        assertThat(new Color(drawn.getRGB(0, 0))).isEqualTo(Color.WHITE);
    }

    @Test
    void brightLinesHaveADarkHaloAndDarkOnesABrightOne() {
        for (String name : List.of("dark", "bright")) {
            BufferedImage drawn = draw(
                    picture,
                    new DetectedObjects(List.of(name), List.of(0.9), List.of(new Rectangle(0.25, 0.4, 0.5, 0.4))),
                    List.of("dark", "other", "bright"));
            int beside = new Color(drawn.getRGB(48, 70)).getRed();
            assertThat(beside).matches(value -> name.equals("dark") ? value > 0x80 : value < 0x80);
        }
    }

    @Test
    void linesOfTextAreOutlined() {
        Line line = new Line(
                "hello", 1, List.of(new Corner(40, 40), new Corner(160, 40), new Corner(160, 60), new Corner(40, 60)));
        BufferedImage drawn = draw(new RecognizedText(List.of(line)));
        assertThat(drawn.getRGB(100, 40)).isNotEqualTo(GRAY);
        assertThat(drawn.getRGB(160, 50)).isNotEqualTo(GRAY);
        assertThat(drawn.getRGB(100, 50)).isEqualTo(GRAY);
    }

    @Test
    void classesAreWrittenAndTheOriginalStays() {
        BufferedImage drawn = draw(new Classifications(List.of("boot"), List.of(0.7)));
        assertThat(drawn.getRGB(1, 1)).isNotEqualTo(GRAY);
        assertThat(((BufferedImage) picture.getWrappedImage()).getRGB(1, 1)).isEqualTo(GRAY);
    }

    @Test
    void otherAnswersAndInputsHaveNoDrawing() {
        Answers answers = answers();
        assertThat(answers.view(picture).image(AnswerKind.DRAWING, "text")).isEmpty();
        assertThat(answers.view("text").image(AnswerKind.DRAWING, new Classifications(List.of(), List.of())))
                .isEmpty();
    }

    private BufferedImage draw(Object answer) {
        return draw(picture, answer, List.of());
    }

    private static BufferedImage draw(Image picture, Object answer, List<String> labels) {
        return answers()
                .view(picture)
                .withLabels(labels)
                .image(AnswerKind.DRAWING, answer)
                .orElseThrow();
    }

    private static Answers answers() {
        return new Answers(List.of(
                ClassificationAnswer.kind(), DetectionAnswer.kind(), MaskAnswer.kind(), RecognizedTextAnswer.kind()));
    }
}
