package org.menagerie.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;

class FashionScenesTest {
    private static final int PIXELS = 128 * 128;
    private static final int SCENES = 40;

    @TempDir
    Path folder;

    private Dataset garments;
    private Dataset scenes;

    @BeforeEach
    void drawFromTheSubset() {
        Fixtures.copyFashionSubset(folder);
        garments = new IdxImages().open(folder.toString(), DataFiles.NONE).train();
        scenes = new Scenes("scenes", garments, SCENES, Scene.Count.USUAL);
    }

    @Test
    void aSceneFollowsFromItsNumber() {
        Map<String, Tensor> alone = scenes.batch(7);
        Map<String, Tensor> among = scenes.batch(3, 7);
        for (Column column : scenes.info().columns()) {
            Tensor one = Column.in(alone, column.name());
            Tensor two = Column.in(among, column.name());
            int bytes = one.bytes().capacity();
            assertThat(two.bytes().slice(bytes, bytes)).isEqualTo(one.bytes());
            assertThat(two.bytes().slice(0, bytes)).isNotEqualTo(one.bytes());
        }
    }

    @Test
    void masksBoxesAndLabelsTellTheSame() {
        Map<String, Tensor> batch = scenes.batch(IntStream.range(0, SCENES).toArray());
        long[] mask = Column.in(batch, "mask").toLongArray();
        float[] boxes = Column.in(batch, "boxes").toFloatArray();
        long[] labels = Column.in(batch, "box_label").toLongArray();
        long[] instance = Column.in(batch, "instance").toLongArray();
        for (int i = 0; i < mask.length; i++) {
            int shown = (int) instance[i];
            assertThat(mask[i]).isEqualTo(shown < 0 ? 0 : 1 + labels[5 * (i / PIXELS) + shown]);
        }
        boolean[] counts = new boolean[6];
        for (int n = 0; n < SCENES; n++) {
            int objects = 0;
            boolean[] explained = new boolean[PIXELS];
            for (int o = 0; o < 5; o++) {
                int at = 5 * n + o;
                if (labels[at] < 0) {
                    continue;
                }
                objects++;
                int left = (int) boxes[4 * at];
                int top = (int) boxes[4 * at + 1];
                int right = (int) boxes[4 * at + 2];
                int bottom = (int) boxes[4 * at + 3];
                assertThat(labels[at]).isBetween(0L, 9L);
                assertThat(left >= 0 && left < right && right <= 128 && top >= 0 && top < bottom && bottom <= 128)
                        .isTrue();
                for (int y = top; y < bottom; y++) {
                    for (int x = left; x < right; x++) {
                        explained[y * 128 + x] |= mask[n * PIXELS + y * 128 + x] == 1 + labels[at];
                    }
                }
            }
            counts[objects] = true;
            // Each pixel that is not ground lies in a box of its class.
            for (int i = 0; i < PIXELS; i++) {
                assertThat(explained[i] || mask[n * PIXELS + i] == 0).isTrue();
            }
        }
        assertThat(counts).containsExactly(false, true, true, true, true, true);
    }

    @Test
    void aFlipTakesMasksAndBoxesAlong() {
        int[] all = IntStream.range(0, SCENES).toArray();
        Map<String, Tensor> plain = scenes.batch(all);
        Map<String, Tensor> flipped = scenes.batch(all);
        new HorizontalFlip("image", 1).apply(flipped, new RandomStreams(1).at("flip"));
        for (String column : new String[] {"image", "mask", "instance"}) {
            for (int i = 0; i < SCENES * PIXELS; i++) {
                int mirrored = i / 128 * 128 + 127 - i % 128;
                assertThat(value(flipped, column, i)).isEqualTo(value(plain, column, mirrored));
            }
        }
        float[] before = Column.in(plain, "boxes").toFloatArray();
        float[] after = Column.in(flipped, "boxes").toFloatArray();
        long[] labels = Column.in(plain, "box_label").toLongArray();
        for (int i = 0; i < labels.length; i++) {
            boolean object = labels[i] >= 0;
            assertThat(after[4 * i]).isEqualTo(object ? 128 - before[4 * i + 2] : 0);
            assertThat(after[4 * i + 1]).isEqualTo(before[4 * i + 1]);
            assertThat(after[4 * i + 2]).isEqualTo(object ? 128 - before[4 * i] : 0);
            assertThat(after[4 * i + 3]).isEqualTo(before[4 * i + 3]);
        }
        new HorizontalFlip("image", 1).apply(flipped, new RandomStreams(1).at("flip"));
        plain.forEach((name, tensor) ->
                assertThat(Column.in(flipped, name).bytes()).as(name).isEqualTo(tensor.bytes()));
    }

    private static double value(Map<String, Tensor> batch, String column, int i) {
        Tensor tensor = Column.in(batch, column);
        return column.equals("image") ? tensor.floats().get(i) : tensor.longs().get(i);
    }

    @Test
    void pixelsAreBytesAndTheHashFollowsTheGarments() {
        for (float pixel : Column.in(scenes.batch(0, 1, 2), "image").toFloatArray()) {
            assertThat(pixel).isBetween(0f, 255f).isEqualTo((float) Math.rint(pixel));
        }
        Dataset others = Subset.range(garments, "others", 0, 100);
        assertThat(new Scenes("scenes", others, SCENES, Scene.Count.USUAL)
                        .info()
                        .sha256())
                .isNotEqualTo(scenes.info().sha256());
    }

    @Test
    void crowdedScenesAreTheSameScenesWithMoreGarments() {
        int[] all = IntStream.range(0, SCENES).toArray();
        Dataset crowded = new Scenes("scenes", garments, SCENES, new Scene.Count(4, 5));
        long[] few = Column.in(scenes.batch(all), "box_label").toLongArray();
        long[] many = Column.in(crowded.batch(all), "box_label").toLongArray();
        for (int i = 0; i < few.length; i++) {
            assertThat(many[i]).isEqualTo(few[i] >= 0 ? few[i] : many[i]);
        }
        // Those without a place are left out: at most every tenth.
        assertThat(Arrays.stream(many).filter(label -> label >= 0).count()).isGreaterThan(SCENES * 4 * 9 / 10);
        assertThat(crowded.info().sha256()).isNotEqualTo(scenes.info().sha256());
    }

    @Test
    void nineGarmentsHaveNinePlacesAmongTheBoxes() {
        Map<String, Tensor> full = new Scenes("scenes", garments, SCENES, new Scene.Count(9, 5))
                .batch(IntStream.range(0, SCENES).toArray());
        long[] labels = Column.in(full, "box_label").toLongArray();
        float[] boxes = Column.in(full, "boxes").toFloatArray();
        assertThat(labels).hasSize(9 * SCENES);
        assertThat(Arrays.stream(labels).filter(label -> label >= 0).count()).isGreaterThan(6 * SCENES);
        for (int i = 0; i < labels.length; i++) {
            assertThat(boxes[4 * i + 2] - boxes[4 * i] > 0).isEqualTo(labels[i] >= 0);
        }
    }

    @Test
    void scenesOfOneGarmentHaveOneBox() {
        Dataset single = new Scenes("scenes", garments, SCENES, new Scene.Count(1, 1));
        Map<String, Tensor> batch = single.batch(IntStream.range(0, SCENES).toArray());
        assertThat(Column.in(batch, "box_label").toLongArray()).hasSize(SCENES).doesNotContain(-1);
        float[] boxes = Column.in(batch, "boxes").toFloatArray();
        assertThat(boxes).hasSize(4 * SCENES);
        long[] mask = Column.in(batch, "mask").toLongArray();
        for (int i = 0; i < mask.length; i++) {
            int box = 4 * (i / PIXELS);
            int x = i % 128;
            int y = i % PIXELS / 128;
            boolean inside = x >= boxes[box] && y >= boxes[box + 1] && x < boxes[box + 2] && y < boxes[box + 3];
            assertThat(inside || mask[i] == 0).isTrue();
        }
        assertThat(single.info().sha256()).isNotEqualTo(scenes.info().sha256());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "garments=10 | has garments=10; expected the least number of garments in a training scene, 1 to 9",
                "scenes=0 | has scenes=0; expected a number of training scenes, up to 9999999",
                "most=0 | has most=0; expected the most garments that a scene draws, 1 to 5",
                "one,two | takes one folder and the options [garments, most, scenes]; found 'one,two'",
                "scene=5,two | has no option 'scene'; it has garments, most, scenes"
            })
    void optionsAreChecked(String location, String message) {
        assertThatThrownBy(() -> new FashionScenes().open(location, DataFiles.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Data set 'fashion-scenes' " + message);
    }

    @Test
    void mostOptionsChangeTheTrainingPartOnly() {
        Assumptions.assumeTrue(
                Files.exists(Path.of("/usr/share/datasets/fashion-mnist")),
                "Debian's dataset-fashion-mnist is not installed");
        Splits plain = new FashionScenes().open("", DataFiles.NONE);
        Splits changed = new FashionScenes().open("scenes=60,garments=5", DataFiles.NONE);
        assertThat(plain.train().size()).isEqualTo(24_000);
        assertThat(changed.train().size()).isEqualTo(60);
        for (String part : List.of("validation", "test")) {
            assertThat(changed.part(part).info()).isEqualTo(plain.part(part).info());
            assertThat(Column.in(changed.part(part).batch(7), "image").bytes())
                    .isEqualTo(Column.in(plain.part(part).batch(7), "image").bytes());
        }
        Splits single = new FashionScenes().open("most=1", DataFiles.NONE);
        assertThat(Column.in(single.test().batch(7), "box_label").toLongArray()).hasSize(1);
    }
}
