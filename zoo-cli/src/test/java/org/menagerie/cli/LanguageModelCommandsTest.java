package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A language model of characters, from a text file to its continuation of a prompt. */
class LanguageModelCommandsTest {
    private static final String LINE = "the hacker writes code and the code runs well. ";

    @TempDir
    Path folder = Path.of("");

    @Test
    void aRecurrentModelLearnsALineAndWritesIt() throws IOException {
        Path text = Files.writeString(folder.resolve("text.txt"), LINE.repeat(600));
        String run = folder.resolve("run").toString();
        Command training = Command.zoo(
                "train",
                "char-lm",
                "--data",
                "text:%s,length=64".formatted(text),
                "--config",
                "hidden=64",
                "--config",
                "streams=8",
                "--batch-size",
                "8",
                "--epochs",
                "6",
                "--learning-rate",
                "0.01",
                "-o",
                run);
        assertThat(training.exitCode()).as(training.err()).isZero();

        Command written = Command.zoo("run", "--catalog", run, "char-lm", "the hacker", "--max-length", "30");
        assertThat(written.exitCode()).as(written.err()).isZero();
        assertThat(written.out()).contains(LINE.substring(10, 40).strip());

        Command loss = Command.zoo("eval", "--catalog", run, "char-lm", "--metric", "loss");
        assertThat(loss.exitCode()).as(loss.err()).isZero();
        assertThat(loss.out()).contains("bits 0.0").contains("perplexity 1.0");
    }
}
