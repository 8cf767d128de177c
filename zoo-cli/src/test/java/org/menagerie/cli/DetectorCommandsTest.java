package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.fixtures.Fixtures;

/** Writing scenes, training a detector on what was written, running and evaluating it. */
class DetectorCommandsTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void scenesThatWereWrittenTrainADetectorThatRuns() throws IOException {
        Path garments = Fixtures.copyFashionSubset(Files.createDirectories(folder.resolve("garments")));
        Path scenes = folder.resolve("scenes");
        Command written =
                Command.zoo("data", "fashion-scenes:" + garments, "--first", "48", "--split", "train", "-o", scenes.toString());
        assertThat(written.exitCode()).as(written.err()).isZero();
        assertThat(scenes.resolve("train/000047.png")).exists();
        assertThat(scenes.resolve("train/000048.png")).doesNotExist();

        String data = "coco:%s,%s,channels=1".formatted(scenes.resolve("train.json"), scenes.resolve("train"));
        Path run = folder.resolve("run");
        Command training = Command.zoo(
                "train", "yolo-small", "--data", data, "--epochs", "2", "--batch-size", "8", "-o", run.toString());
        assertThat(training.exitCode()).as(training.err()).isZero();
        assertThat(training.out()).startsWith("test loss").contains("iou");
        assertThat(run.resolve("yolo-small.md")).content().contains("pipeline_tag: object-detection", "classes: 10");

        Command evaluated = Command.zoo("eval", "--catalog", run.toString(), "yolo-small", "--data", data);
        assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
        assertThat(evaluated.out()).contains("mAP 50 ", "mAP 50 95 ");
        Path drawn = folder.resolve("drawn.png");
        Command answer = Command.zoo(
                "run",
                "--catalog",
                run.toString(),
                "yolo-small",
                scenes.resolve("train/000001.png").toString(),
                "--draw",
                drawn.toString());
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(drawn).exists();
    }

    @Test
    void dataWithoutBoxesIsNotWritten() {
        Command command = Command.zoo("data", "idx:" + Fixtures.copyFashionSubset(folder), "-o", folder.toString());
        assertThat(command.exitCode()).isOne();
        assertThat(command.err()).contains("COCO's format needs image, boxes and box_label");
    }
}
