package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.fixtures.Fixtures;

/** The first model as a user meets it: run, and what a wrong input says. */
class LeNetCommandsTest {
    @TempDir
    Path folder = Path.of("");

    private Path picture(String name) {
        return Fixtures.copy("images/" + name, folder);
    }

    @Test
    void namesAnAnkleBootFirst() {
        Command run = Command.zoo(
                "run", "lenet-fashion-mnist", picture("ankle-boot.png").toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines().findFirst().orElse("")).contains("Ankle boot");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void answersInJsonALineAnInput() {
        Command run = Command.zoo(
                "run",
                "lenet-fashion-mnist",
                "--json",
                "--top-k",
                "2",
                picture("bag.png").toString(),
                picture("trouser.png").toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .contains(
                                "\"input\":",
                                "\"model\":\"lenet-fashion-mnist\"",
                                "\"device\":",
                                "\"millis\":",
                                "\"result\":"));
    }

    @Test
    void saysOneSentenceForEachWrongUse() throws IOException {
        Path truncated = folder.resolve("truncated.png");
        byte[] whole = Fixtures.bytes("images/ankle-boot.png");
        Files.write(truncated, java.util.Arrays.copyOf(whole, whole.length / 2));
        Path text = Files.writeString(folder.resolve("text.png"), "not a picture");
        for (String input : List.of(
                truncated.toString(),
                text.toString(),
                folder.resolve("missing.png").toString())) {
            Command run = Command.zoo("run", "lenet-fashion-mnist", input);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.err().strip().lines()).hasSize(1);
            assertThat(run.err()).doesNotContain("Exception", "\tat ");
        }
        Command unknown = Command.zoo("run", "lenet-fashion-mnits", text.toString());
        assertThat(unknown.exitCode()).isEqualTo(3);
        assertThat(unknown.err()).contains("lenet-fashion-mnist").doesNotContain("\tat ");
        assertThat(Command.zoo("run").exitCode()).isEqualTo(2);
    }
}
