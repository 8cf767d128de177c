package org.menagerie.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.spi.Tensor;

class ProposingTest {
    @TempDir
    Path folder;

    private Dataset scenes;
    private Datasets datasets;

    @BeforeEach
    void drawFromTheSubset() {
        Fixtures.copyFashionSubset(folder);
        scenes = new Scenes(
                "scenes",
                new IdxImages().open(folder.toString(), DataFiles.NONE).train(),
                20,
                Scene.Count.USUAL);
        DatasetKind kind = (location, files) -> new Splits(scenes, scenes, scenes);
        datasets = new Datasets(Map.of("proposals", new Proposing(), "scenes", kind), DataFiles.NONE);
    }

    @Test
    void theColumnsOfTheOtherDataSetStayAndOneComes() {
        Dataset proposed = datasets.open("proposals:scenes").train();
        Map<String, Tensor> batch = proposed.batch(3, 7);
        for (Column column : scenes.info().columns()) {
            assertThat(Column.in(batch, column.name()).bytes())
                    .isEqualTo(Column.in(scenes.batch(3, 7), column.name()).bytes());
        }
        assertThat(proposed.info().columns()).contains(Column.of("proposals", "f32[B,P,4]"));
        assertThat(proposed.info().sha256()).isNotEqualTo(scenes.info().sha256());
        assertThat(proposed.range("box_label")).isEqualTo(scenes.range("box_label"));
    }

    @Test
    void anImageHasTheSameBoxesWhereverItStands() {
        Dataset proposed = datasets.open("proposals:scenes").train();
        float[] alone = Column.in(proposed.batch(7), "proposals").toFloatArray();
        Tensor both = Column.in(proposed.batch(3, 7), "proposals");
        int length = both.size() / 2;
        float[] second = Arrays.copyOfRange(both.toFloatArray(), length, 2 * length);
        assertThat(Arrays.copyOf(second, alone.length)).isEqualTo(alone);
        assertThat(Arrays.copyOfRange(second, alone.length, length)).isEqualTo(new float[length - alone.length]);
    }

    @Test
    void aTransformOfABatchLeavesTheKnownBoxesAlone() {
        Dataset proposed = datasets.open("proposals:scenes").train();
        Map<String, Tensor> batch = proposed.batch(7);
        float[] before = Column.in(batch, "proposals").toFloatArray();
        new HorizontalFlip("image", 1).apply(batch, new RandomStreams(1).at("flip"));
        float[] flipped = Column.in(batch, "proposals").toFloatArray();
        assertThat(flipped[0]).isEqualTo(128 - before[2]);
        assertThat(flipped[2]).isEqualTo(128 - before[0]);
        assertThat(Column.in(proposed.batch(7), "proposals").toFloatArray()).isEqualTo(before);
    }

    /** Garments are to be found at all: most have a proposal that overlaps them by half. */
    @Test
    void garmentsAreAmongTheProposals() {
        Dataset proposed = datasets.open("proposals:scenes").train();
        int objects = 0;
        int found = 0;
        for (int i = 0; i < proposed.size(); i++) {
            Map<String, Tensor> scene = proposed.batch(i);
            float[] boxes = Column.in(scene, "boxes").toFloatArray();
            float[] proposals = Column.in(scene, "proposals").toFloatArray();
            for (int box = 0; box < boxes.length; box += 4) {
                if (boxes[box] < boxes[box + 2]) {
                    objects++;
                    found += best(boxes, box, proposals) > .5 ? 1 : 0;
                }
            }
        }
        assertThat(objects).isGreaterThan(30);
        assertThat(found).isGreaterThanOrEqualTo(objects * 9 / 10);
    }

    private static double best(float[] boxes, int box, float[] proposals) {
        double best = 0;
        for (int i = 0; i < proposals.length; i += 4) {
            double width = Math.min(boxes[box + 2], proposals[i + 2]) - Math.max(boxes[box], proposals[i]);
            double height = Math.min(boxes[box + 3], proposals[i + 3]) - Math.max(boxes[box + 1], proposals[i + 1]);
            double both = Math.max(0, width) * Math.max(0, height);
            best = Math.max(best, both / (area(boxes, box) + area(proposals, i) - both));
        }
        return best;
    }

    private static double area(float[] boxes, int at) {
        return (double) (boxes[at + 2] - boxes[at]) * (boxes[at + 3] - boxes[at + 1]);
    }

    @Test
    void theOtherDataSetMustBeNamedAndKnown() {
        assertThatThrownBy(() -> datasets.open("proposals"))
                .isInstanceOf(DataSpecificationException.class)
                .hasMessageContaining("proposals:fashion-scenes");
        assertThatThrownBy(() -> datasets.open("proposals:sceens"))
                .isInstanceOf(DataSpecificationException.class)
                .hasMessageContaining("'sceens'");
        assertThat(List.of("train", "test"))
                .allSatisfy(part -> assertThat(datasets.open("proposals:scenes")
                                .part(part)
                                .info()
                                .name())
                        .isEqualTo("proposals:scenes"));
    }
}
