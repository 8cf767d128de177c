package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.fixtures.Fixtures;

/** Each exit code as a shell sees it; 130 is in {@link InterruptedPullTest}. */
class ExitCodesTest {
    @TempDir
    Path folder = Path.of("");

    private Command zoo(String... arguments) throws IOException, InterruptedException {
        Command command = new ZooProcess(folder.resolve("home")).run(arguments);
        assertThat(command.err()).doesNotContain("\tat ");
        if (command.exitCode() != ExitCodes.USAGE) {
            assertThat(command.err().lines()).hasSizeLessThanOrEqualTo(1);
        }
        return command;
    }

    @Test
    void zeroWhenDone() throws Exception {
        Command list = zoo("list");
        assertThat(list.exitCode()).isEqualTo(0);
        assertThat(list.out()).contains("lenet-fashion-mnist");
    }

    @Test
    void oneOnFailure() throws Exception {
        Command run = zoo("run", "lenet-fashion-mnist", "missing.png");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("missing.png");
    }

    @Test
    void twoOnWrongUse() throws Exception {
        Command run = zoo("list", "--tsak", "x");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--tsak");
    }

    @Test
    void threeOnAnUnknownModel() throws Exception {
        Command show = zoo("show", "lenet-fashion-mnits");
        assertThat(show.exitCode()).isEqualTo(3);
        assertThat(show.err()).contains("did you mean 'lenet-fashion-mnist'?");
    }

    @Test
    void fourOnWrongBytes() throws Exception {
        Path cards = folder.resolve("cards");
        CardText.write(cards, "damaged", "right bytes".getBytes(StandardCharsets.UTF_8), "file:damaged.bin");
        Files.writeString(cards.resolve("damaged.bin"), "wrong bytes");
        Command pull = zoo("pull", "--catalog", cards.toString(), "damaged");
        assertThat(pull.exitCode()).isEqualTo(4);
        assertThat(pull.err()).contains("expected SHA-256");
        assertThat(folder.resolve("home/models")).doesNotExist();
    }

    @Test
    void fiveWithoutTheDevice() throws Exception {
        Path picture = Fixtures.copy("images/ankle-boot.png", folder);
        Command run = zoo("run", "--device", "cuda:99", "lenet-fashion-mnist", picture.toString());
        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void sixOffline() throws Exception {
        Path cards = folder.resolve("cards");
        CardText.write(cards, "far", new byte[1000], "https://example.invalid/far.onnx");
        Command pull = zoo("pull", "--offline", "--catalog", cards.toString(), "far");
        assertThat(pull.exitCode()).isEqualTo(6);
        assertThat(pull.err()).contains("'far.onnx' of model cards/far (1,000 bytes)");

        Command train = zoo("train", "lenet", "--data", "cmudict", "--offline");
        assertThat(train.exitCode()).isEqualTo(6);
        assertThat(train.err()).contains("'index.js' of data set cmudict", "cmudict:LOCATION");
    }
}
