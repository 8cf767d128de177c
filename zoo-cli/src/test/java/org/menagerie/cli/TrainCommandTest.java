package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.training.checkpoint.Safetensors;

/** Training, evaluating and exporting on the small subset of Fashion-MNIST. */
class TrainCommandTest {
    @TempDir
    Path folder = Path.of("");

    private String data() throws IOException {
        return "idx:" + Fixtures.copyFashionSubset(Files.createDirectories(folder.resolve("data")));
    }

    private Command train(Path run, String epochs, String... more) throws IOException {
        String[] fixed = {
            "train", "lenet", "--data", data(), "--epochs", epochs, "--schedule", "constant", "-o", run.toString()
        };
        String[] all = java.util.Arrays.copyOf(fixed, fixed.length + more.length);
        System.arraycopy(more, 0, all, fixed.length, more.length);
        return Command.zoo(all);
    }

    @Test
    void trainsAModelThatRunsEvaluatesAndExports() throws IOException {
        Path run = folder.resolve("run");
        Command training = train(run, "3");
        assertThat(training.err()).contains("epoch 3");
        assertThat(training.exitCode()).isZero();
        assertThat(training.out()).startsWith("test loss");
        double stated = Double.parseDouble(training.out().replaceAll("(?s).*accuracy ([0-9.]+).*", "$1"));
        assertThat(stated).isGreaterThan(0.6);

        Command evaluated = Command.zoo("eval", "--catalog", run.toString(), "lenet", "--data", data());
        assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
        assertThat(evaluated.out()).contains("accuracy %.4f".formatted(stated));

        Path exported = folder.resolve("exported.onnx");
        Command export = Command.zoo("export", "--catalog", run.toString(), "lenet", "-o", exported.toString());
        assertThat(export.exitCode()).as(export.err()).isZero();
        assertThat(export.out()).contains("61,706 parameters");
        assertThat(Command.zoo("show", exported.toString()).out())
                .contains("menagerie.config: {\"classes\":10}", "menagerie.recipe: {\"data\":\"idx:", "\"epochs\":3")
                .doesNotContain("null");
    }

    @Test
    void exportsAndImportsSafetensors() {
        Path weights = folder.resolve("lenet.safetensors");
        Command export = Command.zoo("export", "lenet-fashion-mnist", "-o", weights.toString());
        assertThat(export.exitCode()).as(export.err()).isZero();

        Path network = folder.resolve("lenet.onnx");
        Command imported =
                Command.zoo("import", "lenet", weights.toString(), "--config", "classes=10", "-o", network.toString());
        assertThat(imported.exitCode()).as(imported.err()).isZero();
        assertThat(imported.out()).contains("61,706 parameters");
        Path again = folder.resolve("again.onnx");
        assertThat(Safetensors.read(weights).tensors().keySet()).contains("c1.weight", "out.bias");

        Command other = Command.zoo("import", "resnet20", weights.toString(), "-o", again.toString());
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.err()).contains("c1.weight", "layer1.0.conv1.weight").doesNotContain("\tat ");
        assertThat(again).doesNotExist();
    }

    @Test
    void resumesToTheSameBits() throws IOException {
        Path whole = folder.resolve("whole");
        Path cut = folder.resolve("cut");
        assertThat(train(whole, "3").exitCode()).isZero();
        assertThat(train(cut, "1").exitCode()).isZero();
        Files.copy(cut.resolve("checkpoint.safetensors"), folder.resolve("one.safetensors"));
        Command other = train(cut, "3", "--resume");
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.err()).contains("belongs to another training");
    }

    @Test
    void namesWhatCanBeTrained() throws IOException {
        Command unknown = Command.zoo("train", "lenett", "--data", data());
        assertThat(unknown.exitCode()).isEqualTo(3);
        assertThat(unknown.err()).contains("lenet").doesNotContain("\tat ");
        Command noData = Command.zoo("train", "lenet");
        assertThat(noData.exitCode()).isEqualTo(2);
        assertThat(noData.err()).contains("--data", "fashion-mnist");
    }

    @Test
    void aRecipeThatCannotBeFollowedIsWrongUse() throws IOException {
        Path run = folder.resolve("run");
        Map<String, String> wrong = Map.of(
                "--optimizer", "Unknown optimizer 'none'; available are",
                "--schedule", "Unknown schedule 'none'; available are",
                "--augment", "Unknown augmentation 'none'; available are",
                "--device", "Unknown device 'none'; expected one of");
        for (Map.Entry<String, String> option : wrong.entrySet()) {
            Command command =
                    Command.zoo("train", "lenet", "--data", data(), "-o", run.toString(), option.getKey(), "none");
            assertThat(command.exitCode()).as(option.getKey()).isEqualTo(2);
            assertThat(command.err()).contains("zoo: " + option.getValue()).doesNotContain("\tat ");
        }
        assertThat(run).doesNotExist();
    }

    @Test
    void aConfigThatDoesNotFitIsCalledByItsOption() throws IOException {
        Command one = Command.zoo("train", "lenet", "--data", data(), "--config", "classes=1");
        assertThat(one.exitCode()).isEqualTo(2);
        assertThat(one.err()).contains("zoo: --config of lenet: LeNet needs at least two classes; found 1");
        Command unknown = Command.zoo("train", "lenet", "--data", data(), "--config", "clases=10");
        assertThat(unknown.err()).contains("--config of lenet: unknown field 'clases' (did you mean 'classes'?)");
    }

    @Test
    void anEnsembleIsOneModel() throws IOException {
        Path run = folder.resolve("three");
        Command training = train(run, "2", "--ensemble", "3", "--members", "bootstrap", "--combine", "vote");
        assertThat(training.exitCode()).as(training.err()).isZero();
        assertThat(training.err()).contains("network 3 of 3");
        String accuracy = training.out().replaceAll("(?s).*accuracy ([0-9.]+).*", "$1");
        assertThat(Double.parseDouble(accuracy)).isGreaterThan(0.5);
        Command evaluated = Command.zoo("eval", "--catalog", run.toString(), "lenet", "--data", data());
        assertThat(evaluated.out()).as(evaluated.err()).contains("accuracy " + accuracy);
        Command answer = Command.zoo(
                "run",
                "--catalog",
                run.toString(),
                "lenet",
                Fixtures.copy("images/ankle-boot.png", folder).toString());
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out()).as("five classes with their probabilities").hasLineCount(5);
        Command export = Command.zoo(
                "export",
                "--catalog",
                run.toString(),
                "lenet",
                "-o",
                folder.resolve("three.onnx").toString());
        assertThat(export.out()).as(export.err()).contains("185,118 parameters");
    }

    @Test
    void snapshotsOfOneRunAreAnEnsemble() throws IOException {
        Path run = folder.resolve("snapshots");
        String[] ensemble = {"--ensemble", "2", "--members", "snapshots", "--combine", "weights"};
        Command training = train(run, "4", ensemble);
        assertThat(training.exitCode()).as(training.err()).isZero();
        assertThat(run.resolve("snapshot-2.safetensors")).exists();
        assertThat(Command.zoo("show", "--catalog", run.toString(), "lenet").exitCode())
                .isZero();
        Command odd = train(folder.resolve("odd"), "3", ensemble);
        assertThat(odd.exitCode()).isEqualTo(2);
        assertThat(odd.err()).contains("2 snapshots need a multiple of 2 epochs; found 3");
        Command seeds = train(folder.resolve("seeds"), "3", "--ensemble", "2", "--combine", "weights");
        assertThat(seeds.err()).contains("snapshots of one run only");
        Command alone = train(folder.resolve("alone"), "3", "--combine", "vote");
        assertThat(alone.err()).contains("need --ensemble N");
    }

    @Test
    void severalStepsARunGiveTheSameWeights() throws IOException {
        Path single = folder.resolve("single");
        Path blocks = folder.resolve("blocks");
        assertThat(train(single, "1").exitCode()).isZero();
        assertThat(train(blocks, "1", "--steps-per-run", "4").exitCode()).isZero();
        assertThat(blocks.resolve("best.safetensors")).hasSameBinaryContentAs(single.resolve("best.safetensors"));
    }

    @Test
    void batchesAreNamedByTheirOptimizerToo() throws IOException {
        Command whole = train(folder.resolve("batch"), "2", "--optimizer", "batch-gd");
        assertThat(whole.exitCode()).as(whole.err()).isZero();
        Command all = train(folder.resolve("all"), "2", "--optimizer", "sgd", "--batch-size", "all");
        assertThat(all.out()).isEqualTo(whole.out());
        Command newton = train(folder.resolve("newton"), "2", "--optimizer", "newton-cg");
        assertThat(newton.exitCode()).as(newton.err()).isZero();
        assertThat(newton.err()).contains("step length", "hessian products");
        Command contradiction = train(folder.resolve("c"), "2", "--optimizer", "stochastic-gd", "--batch-size", "8");
        assertThat(contradiction.exitCode()).isEqualTo(2);
        assertThat(contradiction.err()).contains("stochastic-gd takes 1 examples a step, not 8");
        for (String size : new String[] {"some", "0"}) {
            Command wrong = train(folder.resolve("d"), "2", "--batch-size", size);
            assertThat(wrong.exitCode()).isEqualTo(2);
            assertThat(wrong.err()).contains("'%s' is neither a number of at least 1 nor 'all'".formatted(size));
        }
    }
}
