package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.fixtures.Fixtures;

/** Trainings that cannot be followed are wrong use, told before a folder is made. */
class TrainOptionsTest {
    @TempDir
    Path folder = Path.of("");

    private String data = "";

    @BeforeEach
    void copyData() throws IOException {
        data = "idx:" + Fixtures.copyFashionSubset(Files.createDirectories(folder.resolve("data")));
    }

    private void refused(String message, String name, String... options) {
        Path run = folder.resolve("run");
        List<String> words = new ArrayList<>(List.of("train", name, "--data", data, "-o", run.toString()));
        words.addAll(List.of(options));
        Command command = Command.zoo(words.toArray(String[]::new));
        assertThat(command.exitCode()).as(command.err()).isEqualTo(ExitCodes.USAGE);
        assertThat(command.err()).contains(message).doesNotContain("Exception");
        assertThat(command.out()).isEmpty();
        assertThat(run).doesNotExist();
    }

    @Test
    void numbersOutOfRange() {
        refused("--patience must not be negative; found -1", "lenet", "--patience", "-1");
        refused("--clip-norm must be positive; found 0.0", "lenet", "--clip-norm", "0");
        refused("--l1 must not be negative; found -1.0", "lenet", "--l1", "-1");
        refused("--l2 must not be negative; found NaN", "lenet", "--l2", "NaN");
        refused("--learning-rate must be positive; found -1.0", "lenet", "--learning-rate", "-1");
        refused("--warmup must not be negative; found -2", "lenet", "--warmup", "-2");
        refused("Thread count -1 must be 0 (automatic) or more", "lenet", "--threads", "-1");
    }

    @Test
    void settingsOfKinds() {
        refused(
                "zoo: --optimizer adam: unknown field 'bta1' (did you mean 'beta1'?); expected beta1, beta2, decoupled",
                "lenet",
                "--optimizer",
                "adam:bta1=.9");
        refused("--optimizer adam: A beta1 is in [0, 1); found 2.0", "lenet", "--optimizer", "adam:beta1=2");
        refused("Optimizer 'adam' has no 'momentum'; it has beta1,", "lenet", "--momentum", ".9");
        refused("'momentum' is stated twice", "lenet", "--optimizer", "sgd:momentum=.5", "--momentum", ".9");
        refused(
                "--schedule step: unknown field 'fator' (did you mean 'factor'?)",
                "lenet",
                "--schedule",
                "step:fator=1");
        refused("--augment crop: A padding is not negative; found -4", "lenet", "--augment", "flip,crop:padding=-4");
        refused("--augment states 'flip' twice", "lenet", "--augment", "flip,crop,flip");
        refused("expected NAME or NAME:KEY=VALUE,KEY=VALUE, found 'adam:'", "lenet", "--optimizer", "adam:");
    }

    @Test
    void kindsAreRefusedBeforeDataIsRead() {
        Command command = Command.zoo("train", "lenet", "--data", "idx:/no/such/folder", "--optimizer", "adan");
        assertThat(command.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(command.err())
                .startsWith("zoo: Unknown optimizer 'adan' (did you mean 'adam'?); available are adagrad");
    }

    @Test
    void whatTheDataLeavesNoRoomFor() {
        refused("--steps-per-run is at most ", "lenet", "--steps-per-run", "100000");
        refused("and the card could not name the others; build the network for 10", "lenet", "--config", "classes=20");
    }

    @Test
    void everyKindIsListedWithItsSettings() {
        Command all = Command.zoo("kinds");
        assertThat(all.out())
                .contains(
                        "optimizer ",
                        "schedule ",
                        "transform ",
                        "decoder ",
                        "preprocessor ",
                        "architecture ",
                        "dataset ");
        assertThat(Command.zoo("kinds", "optimizer").out()).contains("beta1=0.9, beta2=0.999, epsilon=1.0E-8");
        assertThat(Command.zoo("kinds", "schedule", "step").out())
                .contains("factor", "0.1", "list of number", "[0.5,0.75]");
        assertThat(Command.zoo("kinds", "optimizer", "stochastic-gd").out()).contains("batch: only 1");
        Command unknown = Command.zoo("kinds", "optimiser");
        assertThat(unknown.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(unknown.err()).contains("There is no kind 'optimiser' (did you mean 'optimizer'?); there are");
        assertThat(Command.zoo("kinds", "optimizer", "adan").err()).contains("There is no optimizer 'adan'", "adam");
        assertThat(Command.zoo("train", "--help").out()).contains("newton-cg", "cutout, flip", "step");
    }

    @Test
    void optionsWithoutEffect() {
        String[] snapshots = {"--ensemble", "3", "--members", "snapshots", "--epochs", "3"};
        refused("leave schedule and warmup out", "lenet", concat(snapshots, "--schedule", "step"));
        refused("leave schedule and warmup out", "lenet", concat(snapshots, "--warmup", "1"));
        refused("leave patience out", "lenet", concat(snapshots, "--patience", "1"));
        refused("The warm-up of 9 epochs is longer than the training of 2", "lenet", "--warmup", "9", "--epochs", "2");
        refused(
                "--config was given twice: classes=10 and classes=12",
                "lenet",
                "--config",
                "classes=10",
                "--config",
                "classes=12");
    }

    @Test
    void dataThatDoesNotFit() {
        refused("fewer than a batch of 100,000; choose a batch size of at most ", "lenet", "--batch-size", "100000");
        refused("data set idx/data/train has {image=f32[", "g2p-lstm");
    }

    @Test
    void aModelWithoutAnArchitectureSaysSo() {
        Command command = Command.zoo("train", "blazeface-front", "--data", data);
        assertThat(command.exitCode()).isEqualTo(ExitCodes.UNKNOWN_MODEL);
        assertThat(command.err()).contains("its card names no architecture to train");
    }

    private static String[] concat(String[] first, String... more) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
