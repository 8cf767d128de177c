package org.menagerie.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;

class CocoTest {
    private static final String GOOD = """
        {"info": {"year": 2014}, "licenses": [{"id": 1}],
         "images": [{"id": 7, "file_name": "a.png", "width": 40, "height": 20, "license": 1},
                    {"id": 3, "file_name": "b.png", "width": 20, "height": 20}],
         "annotations": [
           {"id": 1, "image_id": 7, "category_id": 18, "bbox": [4, 5, 8, 10], "iscrowd": 0, "area": 40,
            "segmentation": [[4, 5, 12, 5, 12, 15]]},
           {"id": 2, "image_id": 7, "category_id": 2, "bbox": [0, 0, 40, 20], "iscrowd": 1,
            "segmentation": {"counts": "[1>600DM73IM7350000i6P3RIG1]M000h2V1", "size": [20, 40]}},
           {"id": 3, "image_id": 7, "category_id": 2, "bbox": [1, 1, 0, 5], "iscrowd": 0}],
         "categories": [{"id": 18, "name": "dog"}, {"id": 2, "name": "bicycle", "supercategory": "vehicle"}]}
        """;

    @TempDir
    Path folder;

    @BeforeEach
    void drawPictures() throws IOException {
        BufferedImage wide = new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 20; y++) {
            for (int x = 0; x < 40; x++) {
                wide.setRGB(x, y, x < 20 ? 0xFF0000 : 0x0000FF);
            }
        }
        Files.createDirectory(folder.resolve("images"));
        ImageIO.write(wide, "png", folder.resolve("images/a.png").toFile());
        BufferedImage grey = new BufferedImage(20, 20, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSample(3, 4, 0, 77);
        ImageIO.write(grey, "png", folder.resolve("images/b.png").toFile());
        Files.writeString(folder.resolve("good.json"), GOOD);
    }

    private String pair(String annotations) {
        return "%s,%s".formatted(folder.resolve(annotations), folder.resolve("images"));
    }

    private Splits open(String location) {
        return new Coco().open(location, DataFiles.NONE);
    }

    @Test
    void picturesAreStretchedAndBoxesWithThem() {
        Splits splits = open(pair("good.json") + "," + pair("good.json") + ",size=10");
        assertThat(splits.train().info().labels()).containsExactly("bicycle", "dog");
        assertThat(splits.train().info().columns().stream().map(Column::type))
                .containsExactly(
                        "f32[B,3,10,10]", "f32[B,2,4]", "i64[B,2]", "i64[B,2]", "f32[B,2]", "f32[B,2]", "i64[B,10,10]");
        Map<String, Tensor> batch = splits.train().batch(0, 1);
        assertThat(Column.in(batch, "boxes").toFloatArray())
                .containsExactly(1, 2.5f, 3, 7.5f, 0, 0, 10, 10, 0, 0, 0, 0, 0, 0, 0, 0);
        assertThat(Column.in(batch, "box_label").toLongArray()).containsExactly(1, -1, -1, -1);
        assertThat(Column.in(batch, "crowd_label").toLongArray()).containsExactly(-1, 0, -1, -1);
        assertThat(Column.in(batch, "original_size").toFloatArray()).containsExactly(40, 20, 20, 20);
        assertThat(Column.in(batch, "box_area").toFloatArray()).containsExactly(40, 800, 0, 0);
        assertThat(splits.train().name(0)).isEqualTo("a.png");
        long[] mask = Column.in(batch, "mask").toLongArray();
        // The third row is the pictures' row 5, of which it has every fourth pixel from 2 on.
        assertThat(Arrays.copyOfRange(mask, 20, 30)).containsExactly(1, 1, 2, 0, 0, 1, 1, 1, 1, 0);
        assertThat(Arrays.copyOfRange(mask, 100, 200)).containsOnly(0);
        float[] pixels = Column.in(batch, "image").toFloatArray();
        for (int i = 0; i < 100; i++) {
            assertThat(pixels[i]).isEqualTo(i % 10 < 5 ? 255 : 0);
            assertThat(pixels[100 + i]).isZero();
            assertThat(pixels[200 + i]).isEqualTo(i % 10 < 5 ? 0 : 255);
        }
    }

    @Test
    void greyPicturesKeepTheirSamplesAndColoursBecomeLuma() {
        Splits splits = open(pair("good.json") + "," + pair("good.json") + ",channels=1,size=20");
        float[] pixels = Column.in(splits.validation().batch(0, 1), "image").toFloatArray();
        assertThat(pixels[0]).isEqualTo(76);
        assertThat(pixels[400 + 4 * 20 + 3]).isEqualTo(77);
        assertThat(splits.test().size()).isEqualTo(2);
    }

    @Test
    void scenesComeBackAsTheyWereWritten() {
        Fixtures.copyFashionSubset(folder);
        Dataset garments =
                new IdxImages().open(folder.toString(), DataFiles.NONE).train();
        Dataset scenes = new Scenes("scenes", garments, 40, Scene.Count.USUAL);
        Path annotations = folder.resolve("written/scenes.json");
        assertThat(new CocoWriter(scenes).write(30, annotations, folder.resolve("written/pictures")))
                .isEqualTo(30);
        Splits splits = open("%s,%s,channels=1".formatted(annotations, folder.resolve("written/pictures")));
        assertThat(splits.train().info().labels()).isEqualTo(scenes.info().labels());
        Dataset[] parts = {splits.train(), splits.validation(), splits.test()};
        assertThat(Stream.of(parts).map(Dataset::size)).containsExactly(24, 3, 3);
        int[][] numbers = {
            IntStream.range(0, 30).filter(i -> i % 10 < 8).toArray(), {8, 18, 28}, {9, 19, 29},
        };
        for (int part = 0; part < 3; part++) {
            Map<String, Tensor> expected = scenes.batch(numbers[part]);
            Map<String, Tensor> found =
                    parts[part].batch(IntStream.range(0, parts[part].size()).toArray());
            assertThat(Column.in(found, "image").bytes())
                    .isEqualTo(Column.in(expected, "image").bytes());
            assertThat(Column.in(found, "mask").bytes())
                    .isEqualTo(Column.in(expected, "mask").bytes());
            assertThat(present(found)).isNotEmpty().isEqualTo(present(expected));
        }
    }

    /** Picture, label and corners of each object. */
    private static java.util.List<String> present(Map<String, Tensor> batch) {
        Tensor labels = Column.in(batch, "box_label");
        float[] boxes = Column.in(batch, "boxes").toFloatArray();
        int most = (int) labels.shape().dim(1);
        return IntStream.range(0, labels.size())
                .filter(i -> labels.longs().get(i) >= 0)
                .mapToObj(i -> "%d: %d at %s %s %s %s"
                        .formatted(
                                i / most,
                                labels.longs().get(i),
                                boxes[4 * i],
                                boxes[4 * i + 1],
                                boxes[4 * i + 2],
                                boxes[4 * i + 3]))
                .toList();
    }

    @Test
    void theSizeFollowsThePicturesWhereAllAreEqualSquares() throws IOException {
        String squares = GOOD.replace("\"a.png\", \"width\": 40", "\"b.png\", \"width\": 20")
                .replaceFirst("\\{\"counts.*?}", "[]");
        Files.writeString(folder.resolve("squares.json"), squares);
        assertThat(open(pair("squares.json") + "," + pair("squares.json"))
                        .train()
                        .info()
                        .columns()
                        .get(0)
                        .type())
                .isEqualTo("f32[B,3,20,20]");
        assertThat(open(pair("good.json") + "," + pair("good.json"))
                        .train()
                        .info()
                        .columns()
                        .get(0)
                        .type())
                .isEqualTo("f32[B,3,448,448]");
    }

    @Test
    void thereAreNoMasksWhereAnObjectHasNoSegmentation() throws IOException {
        Files.writeString(folder.resolve("boxes.json"), GOOD.replace("[[4, 5, 12, 5, 12, 15]]", "[]"));
        assertThat(open(pair("boxes.json") + "," + pair("good.json")).train().batch(0))
                .containsOnlyKeys("image", "boxes", "box_label", "crowd_label", "box_area", "original_size");
    }

    /** What is replaced in the good file, by what, and what the error says. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"image_id\": 7, \"category_id\": 18 | \"image_id\": 9, \"category_id\": 18 | annotation 1 is of"
                        + " image 9 and category 18; there is no such image",
                "\"category_id\": 18 | \"category_id\": 4 | there is no such category",
                "[4, 5, 8, 10] | [4, 5, 8] | annotation 1 has bbox [4.0, 5.0, 8.0]",
                "[4, 5, 8, 10] | [4, 5, -8, 10] | expected left, top, width and height",
                "[4, 5, 12, 5, 12, 15] | [4, 5, 12, 5] | expected x, y of three points or more",
                "[4, 5, 12, 5, 12, 15] | [4, 5, 12, 5, 12, null] | a segmentation has the coordinate null",
                "h2V1 | h2 | the runs of annotation 2 do not add up to the 40×20 pixels of a.png",
                "\"id\": 3, \"file_name\" | \"id\": 7, \"file_name\" | two images have id 7",
                "\"a.png\" | \"../../a.png\" | lies outside of",
                "\"a.png\" | \"c.png\" | 1 of the 2 pictures",
                "\"width\": 40 | \"width\": 0 | image 7 needs id, file_name, width and height",
                "\"dog\" | \"bicycle\" | category 2 'bicycle' is there twice",
                "\"id\": 18 | \"id\": 2 | is there twice",
                "\"name\": \"dog\" | \"title\": \"dog\" | category 18 'null' needs id and name",
                "\"categories\": [ | \"categories\": 5, \"other\": [ | is no COCO annotation file: 'categories' is not"
                        + " an array",
                "\"annotations\": [ | \"annotations\": [null, | is no COCO annotation file: one of 'annotations' is null",
                "\"images\": [ | \"images\": [null, | one of 'images' is null",
                "\"categories\": [ | \"categories\": [null, | one of 'categories' is null",
                "\"annotations\": [ | \"annotations\": null, \"other\": [ | is no COCO annotation file: 'annotations' is not an array",
                "\"id\": 7, \"file_name\" | \"id\": null, \"file_name\" | image null needs id, file_name",
                "\"image_id\": 7, \"category_id\": 18 | \"image_id\": null, \"category_id\": 18 | there is no such image",
                "\"category_id\": 18 | \"category_id\": null | there is no such category",
                "[4, 5, 8, 10] | [4, null, 8, 10] | is no COCO annotation file",
                "[4, 5, 8, 10] | null | annotation 1 has bbox null",
                "\"width\": 40 | \"width\": null | image 7 needs id, file_name, width and height",
                "\"a.png\" | null | image 7 needs id, file_name, width and height",
                "\"a.png\" | \"a\\\\u0000.png\" | which names no file",
                "\"id\": 18 | \"id\": null | category null 'dog' needs id and name",
                "\"image_id\": 7, \"category_id\": 18 | \"image_id\": \"x\", \"category_id\": 18 | is no COCO"
                        + " annotation file",
                "\"bicycle\", \"supercategory\": \"vehicle\"}]} | \"bicycle\" | is no COCO annotation file",
            })
    void brokenFilesAreNamedWithWhatIsWrong(String part, String by, String message) throws IOException {
        assertThat(GOOD).contains(part);
        Files.writeString(folder.resolve("bad.json"), GOOD.replaceFirst(java.util.regex.Pattern.quote(part), by));
        assertThatThrownBy(() -> open(pair("bad.json") + "," + pair("bad.json")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    /** What tools leave out or leave empty without meaning anything by it. */
    @ParameterizedTest
    @ValueSource(strings = {"\"iscrowd\": 0, \"area\": 80", "\"id\": 1, \"image_id\": 7", "[[4, 5, 12, 5, 12, 15]]"})
    void nullsThatMeanNothingAreRead(String part) throws IOException {
        String by = part.startsWith("[") ? "null" : part.replaceFirst("\\d", "null");
        Files.writeString(folder.resolve("null.json"), GOOD.replace(part, by));
        assertThat(open(pair("null.json") + "," + pair("null.json"))).isNotNull();
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThatThrownBy(() -> open("")).hasMessageContaining("coco:annotations.json,images/");
        assertThatThrownBy(() -> open(folder + "/none.json," + folder)).hasMessageContaining("no annotation file");
        assertThatThrownBy(() -> open(folder + "/good.json," + folder + "/none"))
                .hasMessageContaining("no folder of images");
        assertThatThrownBy(() -> open(pair("good.json"))).hasMessageContaining("only 2 pictures; one file needs 10");
        assertThatThrownBy(() -> open(pair("good.json") + ",size=big")).hasMessageContaining("size=big");
        assertThatThrownBy(() -> open(pair("good.json") + ",channels=2")).hasMessageContaining("expected 1 or 3");
    }

    @Test
    void oneFileIsMeasuredAsAWholeAndPairsByTheirParts() {
        Dataset whole = new Coco().whole(pair("good.json"), DataFiles.NONE).orElseThrow();
        assertThat(whole.size()).isEqualTo(2);
        assertThat(whole.info().name()).isEqualTo("coco/good.json/all");
        assertThat(new Coco().whole(pair("good.json") + "," + pair("good.json"), DataFiles.NONE))
                .isEmpty();
    }

    @Test
    void picturesThatAreNotAsAnnotatedAreNamed() throws IOException {
        Files.copy(
                folder.resolve("images/b.png"),
                folder.resolve("images/a.png"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Dataset train = open(pair("good.json") + "," + pair("good.json")).train();
        assertThatThrownBy(() -> train.batch(0))
                .hasMessageContaining("a.png has 20×20 pixels; its annotation says 40×20");
        Files.writeString(folder.resolve("images/a.png"), "no picture");
        assertThatThrownBy(() -> train.batch(0)).hasMessageContaining("a.png is not a picture; expected one of");
    }

    @Test
    void onlyPicturesWithBoxesCanBeWritten() {
        Fixtures.copyFashionSubset(folder);
        Dataset garments =
                new IdxImages().open(folder.toString(), DataFiles.NONE).train();
        assertThatThrownBy(() -> new CocoWriter(garments))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("needs image, boxes and box_label");
    }
}
