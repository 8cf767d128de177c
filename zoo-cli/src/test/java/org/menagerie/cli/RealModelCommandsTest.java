package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.fixtures.Fetched;
import org.menagerie.fixtures.Fixtures;

/** Published models by command; skipped only if offline without them. */
class RealModelCommandsTest {
    private static final String WEATHER = "The weather is lovely today.";
    private static final String SUNNY = "It's so sunny outside!";
    private static final String STADIUM = "He drove to the stadium.";

    @TempDir
    Path folder = Path.of("");

    private static void fetched(String model) {
        Command pull = Command.zoo("pull", model);
        boolean offline =
                pull.exitCode() == ExitCodes.OFFLINE || (pull.exitCode() == ExitCodes.FAILURE && Fetched.noNetwork());
        assumeFalse(offline, "Offline, and not on this machine: " + pull.err());
        assertThat(pull.exitCode()).as(pull.err()).isZero();
    }

    private String picture(String name) {
        return Fixtures.copy("images/" + name, folder).toString();
    }

    private static BufferedImage read(Path file) throws IOException {
        return Objects.requireNonNull(ImageIO.read(file.toFile()), file.toString());
    }

    @Test
    void drawsABoxWhereTheFaceIs() throws IOException {
        fetched("blazeface-front");
        Path drawn = folder.resolve("drawn.png");
        String original = picture("astronaut.png");
        Command run = Command.zoo("run", "blazeface-front", original, "--json", "--draw", drawn.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err().strip()).endsWith("Wrote " + drawn);
        BufferedImage before = read(Path.of(original));
        BufferedImage after = read(drawn);
        assertThat(after.getWidth()).isEqualTo(before.getWidth());
        assertThat(after.getHeight()).isEqualTo(before.getHeight());
        JsonNode box =
                new ObjectMapper().readTree(run.out()).path("result").get(0).path("box");
        int left = (int) box.path("x").doubleValue();
        int top = (int) box.path("y").doubleValue();
        int width = (int) box.path("width").doubleValue();
        int height = (int) box.path("height").doubleValue();
        int color = after.getRGB(left, top + height / 2);
        for (int step = 1; step < 8; step++) {
            assertThat(after.getRGB(left, top + height * step / 8)).isEqualTo(color);
            assertThat(after.getRGB(left + width, top + height * step / 8)).isEqualTo(color);
            assertThat(after.getRGB(left + width * step / 8, top + height)).isEqualTo(color);
        }
        for (int x = 0; x < after.getWidth(); x++) {
            for (int y : new int[] {0, top + height + 20, after.getHeight() - 1}) {
                assertThat(after.getRGB(x, y)).isEqualTo(before.getRGB(x, y));
            }
        }
    }

    @Test
    void drawsSeveralPicturesIntoAFolder() throws IOException {
        Path drawn = folder.resolve("drawn");
        Command run = Command.zoo(
                "run", "lenet-fashion-mnist", picture("bag.png"), picture("coat.png"), "--draw", drawn.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        for (String name : List.of("bag.png", "coat.png")) {
            // 28 pixels, enlarged six times so that the label has room.
            assertThat(read(drawn.resolve(name)).getWidth()).isEqualTo(168);
        }
    }

    @Test
    void saysWhatCannotBeDrawn() throws IOException {
        Path unknown = folder.resolve("drawn.tga");
        Command format = Command.zoo("run", "lenet-fashion-mnist", picture("bag.png"), "--draw", unknown.toString());
        assertThat(format.exitCode()).isEqualTo(2);
        assertThat(format.err()).contains("--draw writes .png, .jpg and .jpeg", "drawn.tga");
        assertThat(unknown).doesNotExist();
        fetched("all-minilm-l6-v2-int8");
        Command vector = Command.zoo("run", "all-minilm-l6-v2-int8", WEATHER, "--draw", "a.png");
        assertThat(vector.exitCode()).isEqualTo(2);
        assertThat(vector.err()).contains("--draw cannot show what this model answers (String to float[])");
    }

    /** The cosines that the sentence-transformers README prints. */
    @Test
    void comparesSentencesTheMostAlikeFirst() {
        fetched("all-minilm-l6-v2");
        Command run = Command.zoo("run", "all-minilm-l6-v2", WEATHER, SUNNY, STADIUM, "--similarity");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines())
                .containsExactly(
                        "0.6660  " + WEATHER + "  |  " + SUNNY,
                        "0.1411  " + SUNNY + "  |  " + STADIUM,
                        "0.1046  " + WEATHER + "  |  " + STADIUM);
    }

    @Test
    void givesTheMatrixOfCosinesAsJson() throws IOException {
        fetched("all-minilm-l6-v2-int8");
        Path file = Files.writeString(folder.resolve("texts.txt"), WEATHER + "\n\n" + SUNNY + "\n");
        Command run = Command.zoo("run", "all-minilm-l6-v2-int8", file.toString(), "--similarity", "--json");
        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(json.path("inputs")).extracting(JsonNode::textValue).containsExactly(file + ":1", file + ":3");
        JsonNode rows = json.path("similarity");
        assertThat(rows.path(0).path(0).doubleValue()).isCloseTo(1, within(1e-6));
        assertThat(rows.path(0).path(1).doubleValue())
                .isBetween(0.5, 0.8)
                .isEqualTo(rows.path(1).path(0).doubleValue());
    }

    @Test
    void comparesNothingButVectors() {
        Command run = Command.zoo("run", "lenet-fashion-mnist", picture("bag.png"), "--similarity");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("--similarity compares vectors; model 'lenet-fashion-mnist' answers Classifications");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lenet-fashion-mnist",
                "yolox-nano-coco",
                "selfie-segmentation",
                "blazeface-front",
                "blazeface-back",
                "pp-ocr",
                "silero-vad",
                "all-minilm-l6-v2",
                "all-minilm-l6-v2-int8",
                "bge-small-en-v1.5-int8"
            })
    void samplesOfTheCardHold(String model) {
        fetched(model);
        Command verify = Command.zoo("verify", model, "--golden");
        assertThat(verify.exitCode()).as(verify.err()).isZero();
        assertThat(verify.out().lines().reduce("", (first, last) -> last))
                .matches("ok +\\S*" + model.replace(".", "\\.") + " +[1-9] samples");
    }
}
