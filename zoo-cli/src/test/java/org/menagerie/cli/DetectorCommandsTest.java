package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.fixtures.Fixtures;

/** Training a detector on data in COCO's format, running and evaluating it, and writing such data again. */
class DetectorCommandsTest {
    private static final int SIDE = 64;

    @TempDir
    Path folder = Path.of("");

    /** Pictures of one light or dark square on grey each. */
    private String squares(int count) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        Path images = Files.createDirectories(folder.resolve("squares"));
        List<String> entries = new ArrayList<>();
        List<String> annotations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int size = random.nextInt(16, 33);
            int left = random.nextInt(SIDE - size);
            int top = random.nextInt(SIDE - size);
            BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
            Graphics2D pen = picture.createGraphics();
            pen.setColor(Color.GRAY);
            pen.fillRect(0, 0, SIDE, SIDE);
            pen.setColor(i % 2 == 0 ? Color.WHITE : Color.BLACK);
            pen.fillRect(left, top, size, size);
            pen.dispose();
            ImageIO.write(picture, "png", images.resolve(i + ".png").toFile());
            entries.add("{\"id\": %d, \"file_name\": \"%d.png\", \"width\": 64, \"height\": 64}".formatted(i, i));
            annotations.add("{\"id\": %d, \"image_id\": %d, \"category_id\": %d, \"bbox\": [%d, %d, %d, %d]}"
                    .formatted(i, i, 1 + i % 2, left, top, size, size));
        }
        Path file = folder.resolve("squares.json");
        Files.writeString(
                file,
                "{\"images\": %s, \"annotations\": %s, \"categories\": [{\"id\": 1, \"name\": \"light\"}, {\"id\": 2, \"name\": \"dark\"}]}"
                        .formatted(entries, annotations));
        return "coco:%s,%s,channels=1".formatted(file, images);
    }

    @Test
    void aDetectorIsTrainedEvaluatedAndRun() throws IOException {
        String data = squares(200);
        Path run = folder.resolve("run");
        Command training = Command.zoo(
                "train",
                "yolo-small",
                "--data",
                data,
                "--epochs",
                "12",
                "--batch-size",
                "8",
                "--learning-rate",
                "0.003",
                "-o",
                run.toString());
        assertThat(training.exitCode()).as(training.err()).isZero();
        assertThat(training.out()).startsWith("test loss").contains("iou", "mAP 50");
        assertThat(run.resolve("yolo-small.md"))
                .content()
                .contains("pipeline_tag: object-detection", "classes: 2", "size: 64", "name: yolo");

        Command evaluated = Command.zoo("eval", "--catalog", run.toString(), "yolo-small", "--data", data);
        assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
        assertThat(Double.parseDouble(evaluated.out().replaceAll("(?s).*mAP 50 ([0-9.]+).*", "$1")))
                .isGreaterThan(0.8);

        // The model was trained on 160 of the 200 pictures: without more words it is measured on the 20 of the test
        // part.
        assertThat(evaluated.out()).contains("squares.json/test (20 examples)");
        assertThat(evaluated.err()).contains("was trained on this data");
        Command all = Command.zoo(
                "eval", "--catalog", run.toString(), "yolo-small", "--data", data, "--split", "all", "--json");
        assertThat(all.out()).as(all.err()).contains("\"examples\":200");
        // Another file of the user's has no part that the model has seen: all of it counts.
        Path other = Files.createDirectories(folder.resolve("other"));
        String seven = data.replace("squares.json", "other/seven.json");
        Files.writeString(
                other.resolve("seven.json"),
                Files.readString(folder.resolve("squares.json"))
                        .replaceFirst("(\\{\"id\": 6[^}]*\\}).*?\\], \"annotations", "$1], \"annotations")
                        .replaceFirst("(\\{\"id\": 6, \"image_id[^}]*\\}).*?\\], \"categories", "$1], \"categories"));
        Command whole = Command.zoo("eval", "--catalog", run.toString(), "yolo-small", "--data", seven);
        assertThat(whole.out()).as(whole.err()).contains("seven.json/all (7 examples)");
        Command part =
                Command.zoo("eval", "--catalog", run.toString(), "yolo-small", "--data", seven, "--split", "train");
        assertThat(part.err()).as(part.out()).isNotEmpty();

        Path drawn = folder.resolve("drawn.png");
        Command answer = Command.zoo(
                "run",
                "--catalog",
                run.toString(),
                "yolo-small",
                folder.resolve("squares/9.png").toString(),
                "--draw",
                drawn.toString());
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out()).contains("dark");
        assertThat(drawn).exists();
    }

    @Test
    void dataIsWrittenAsItWasRead() throws IOException {
        Path copy = folder.resolve("copy");
        String data = squares(30);
        Command written = Command.zoo("data", data, "--split", "train,test", "--first", "2", "-o", copy.toString());
        assertThat(written.exitCode()).as(written.err()).isZero();
        assertThat(copy.resolve("train/000001.png")).hasSameBinaryContentAs(folder.resolve("squares/1.png"));
        assertThat(copy.resolve("test/000001.png")).hasSameBinaryContentAs(folder.resolve("squares/19.png"));
        assertThat(copy.resolve("train/000002.png")).doesNotExist();
        assertThat(copy.resolve("test.json")).content().contains("\"file_name\":\"000001.png\"", "\"name\":\"dark\"");
        assertThat(copy.resolve("validation.json")).doesNotExist();
    }

    @Test
    void dataWithoutBoxesIsNotWritten() {
        Command command = Command.zoo("data", "idx:" + Fixtures.copyFashionSubset(folder), "-o", folder.toString());
        assertThat(command.exitCode()).isOne();
        assertThat(command.err()).contains("COCO's format needs image, boxes and box_label");
        Command other = Command.zoo("data", "idx:" + folder, "--split", "all", "-o", folder.toString());
        assertThat(other.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(other.err()).contains("Unknown part 'all'; expected one of [train, validation, test]");
    }

    @Test
    void columnsOfDataAreDescribed() {
        Command described = Command.zoo("data", "idx:" + Fixtures.copyFashionSubset(folder), "--describe");
        assertThat(described.exitCode()).as(described.err()).isZero();
        assertThat(described.out())
                .contains("image   f32[B,1,28,28]  samples of 0 to 255", "number of the class, from 0")
                .contains("train: 1,834 examples");
        Command neither = Command.zoo("data", "idx:" + folder);
        assertThat(neither.exitCode()).isEqualTo(2);
        assertThat(neither.err()).contains("Give either -o FOLDER", "--describe");
    }
}
