package org.menagerie.studio.metric;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.output.BoundingBox;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.menagerie.fixtures.Cards;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.studio.report.ReportSection;
import org.menagerie.studio.report.ReportSection.Cell;
import org.menagerie.studio.report.ReportSection.Images;
import org.menagerie.studio.report.ReportSection.Table;
import org.menagerie.studio.report.ReportSubject;
import org.menagerie.training.data.BatchMemory;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.DatasetInfo;

/** What a page says about detectors: a cat and a dog in one picture of 20×20 pixels, and a crowd of cats. */
class DetectionPartTest {
    private static final float[] CAT = {0, 0, 8, 8};
    private static final float[] DOG = {10, 0, 18, 8};
    private static final float[] CROWD = {0, 10, 20, 20};
    private static final float[] NOWHERE = {10, 9, 20, 10};
    private static final Image PICTURE =
            ImageFactory.getInstance().fromImage(new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB));

    @Test
    void errorsAreCountedByKind() {
        DetectionPart part = part();
        add(
                part,
                "first",
                new long[] {0, 1, -1},
                List.of("dog", "dog", "cat"),
                List.of(.9, .8, .7),
                CAT,
                NOWHERE,
                new float[] {1, 11, 4, 14});
        List<ReportSection> sections = part.sections();
        assertThat(sections)
                .extracting(ReportSection::title)
                .containsExactly("Classes", "Precision over recall", "Confusion matrix", "Worst errors");
        // The cat is taken for a dog, a dog is where nothing is, the dog is missed; the answer in the crowd is no
        // error.
        assertThat(cells(sections.get(2)))
                .containsExactly(
                        List.of("cat", "", "1", ""), List.of("dog", "", "", "1"), List.of("(nothing)", "", "1", ""));
        Images worst = (Images) sections.get(3).blocks().get(0);
        assertThat(worst.images()).singleElement().satisfies(picture -> {
            assertThat(picture.caption())
                    .isEqualTo(
                            "first: 1 missed, 1 of another class, 1 where nothing is; left the data, right the answer");
            assertThat(picture.images()).hasSize(2);
        });
    }

    @Test
    void rightAndUnsureAnswersAreNoErrors() {
        DetectionPart part = part();
        add(part, "first", new long[] {0, 1, -1}, List.of("cat", "dog", "dog"), List.of(.9, .8, .1), CAT, DOG, NOWHERE);
        assertThat(part.sections()).extracting(ReportSection::title).doesNotContain("Worst errors");
    }

    /** No example, no answer, nothing to find, crowds alone, boxes without an area. */
    @Test
    void emptinessIsShown() {
        assertThat(part().sections()).extracting(ReportSection::title).containsExactly("Classes", "Confusion matrix");
        DetectionPart part = part();
        add(part, "empty", new long[] {-1, -1, -1}, List.of(), List.of());
        add(part, "flat", new long[] {-1, -1, -1}, List.of("cat"), List.of(.9), new float[] {3, 3, 3, 3});
        assertThat(part.sections())
                .extracting(ReportSection::title)
                .containsExactly("Classes", "Confusion matrix", "Worst errors");
    }

    private static List<List<String>> cells(ReportSection section) {
        return ((Table) section.blocks().get(0))
                .rows().stream()
                        .map(row -> row.stream().map(Cell::text).toList())
                        .toList();
    }

    private static DetectionPart part() {
        return new DetectionPart(new ReportSubject(
                new Nothing(),
                Cards.labelled("pets", "object-detection", List.of("cat", "dog")),
                Zoo.open(ZooOptions.defaults().withOffline(true)).answers()));
    }

    private static void add(
            DetectionPart part, String name, long[] labels, List<String> names, List<Double> scores, float[]... boxes) {
        Tensor stated = Tensor.allocate(ElementType.FLOAT32, 1, 3, 4);
        stated.floats().put(0, CAT).put(4, DOG).put(8, CROWD);
        List<BoundingBox> rectangles = new ArrayList<>();
        for (float[] box : boxes) {
            rectangles.add(new Rectangle(box[0] / 20, box[1] / 20, (box[2] - box[0]) / 20, (box[3] - box[1]) / 20));
        }
        Map<String, Tensor> batch = Map.of(
                "image",
                Tensor.allocate(ElementType.FLOAT32, 1, 1, 20, 20),
                "boxes",
                stated,
                "box_label",
                Tensor.of(labels, 1, 3),
                "crowd_label",
                Tensor.of(IntStream.range(0, 3).mapToLong(i -> i == 2 ? 0 : -1).toArray(), 1, 3));
        part.add(PICTURE, new DetectedObjects(names, scores, rectangles), new Example(batch, 0, name));
    }

    /** Only its classes are asked for. */
    private record Nothing() implements Dataset {
        @Override
        public DatasetInfo info() {
            return new DatasetInfo(
                    "nothing", "0".repeat(64), List.of(Column.of("image", "f32[B,1,20,20]")), List.of("cat", "dog"));
        }

        @Override
        public int size() {
            return 0;
        }

        @Override
        public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
            throw new IllegalStateException("not asked for");
        }
    }
}
