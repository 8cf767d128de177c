package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.spi.Tensor;
import org.menagerie.weights.Safetensors;

/** Training, evaluating and exporting on the small subset of Fashion-MNIST. */
class TrainCommandTest {
    @TempDir
    Path folder = Path.of("");

    private String data() throws IOException {
        return "idx:" + Fixtures.copyFashionSubset(Files.createDirectories(folder.resolve("data")));
    }

    private Command train(Path run, String epochs, String... more) throws IOException {
        return scheduled(
                run,
                epochs,
                Stream.concat(Stream.of("--schedule", "constant"), Stream.of(more))
                        .toArray(String[]::new));
    }

    /** A training with the schedule that {@code more} names, or else its own. */
    private Command scheduled(Path run, String epochs, String... more) throws IOException {
        String[] fixed = {"train", "lenet", "--data", data(), "--epochs", epochs, "-o", run.toString()};
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

    /** Stopped by Ctrl-C within an epoch, on two threads, and continued by the command that it printed. */
    @Test
    void resumesToTheSameBits() throws IOException, InterruptedException {
        Path whole = folder.resolve("whole");
        Path cut = folder.resolve("cut");
        String[] more = {"--batch-size", "2", "--augment", "flip,crop"};
        assertThat(train(whole, "2", more).exitCode()).isZero();
        ZooProcess zoo = new ZooProcess(folder.resolve("home"));
        String[] words = Stream.of(
                        Stream.of("train", "lenet", "--data", data(), "--epochs", "2", "--schedule", "constant"),
                        Stream.of("--checkpoint-every", "0.01", "-o", cut.toString()),
                        Stream.of(more))
                .flatMap(each -> each)
                .toArray(String[]::new);
        Process process = zoo.start(words);
        for (int i = 0; i < 1200 && process.isAlive() && !Files.exists(cut.resolve("checkpoint.safetensors")); i++) {
            Thread.sleep(50);
        }
        int exit = stop(process);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String err = Files.readString(zoo.home().resolve("err.txt"));
        assertThat(process.exitValue()).as(err).isEqualTo(exit);
        assertThat(err)
                .contains("stopping after this step", "Training stopped after step ", " of 1,834")
                .doesNotContain("epoch 2");
        assertThat(cut.resolve("lenet.onnx")).doesNotExist();
        String printed = err.replaceAll("(?s).*Continue with: zoo (.*?)\\R.*", "$1");
        assertThat(printed).contains("--resume -o " + cut);
        Command resumed = Command.zoo(printed.split(" "));
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(cut.resolve("best.safetensors")).hasSameBinaryContentAs(whole.resolve("best.safetensors"));
        Map<String, Tensor> expected =
                Safetensors.read(whole.resolve("checkpoint.safetensors")).tensors();
        Safetensors.read(cut.resolve("checkpoint.safetensors"))
                .tensors()
                .forEach((name, tensor) -> assertThat(tensor.bytes())
                        .as(name)
                        .isEqualTo(Objects.requireNonNull(expected.get(name)).bytes()));
    }

    /**
     * Sends SIGINT, or SIGTERM to a process that was started with SIGINT ignored, as from a shell's background.
     *
     * @return the exit code that the signal ends the command with
     */
    private static int stop(Process process) throws IOException, InterruptedException {
        boolean ignored = InterruptedPullTest.ignoresInterrupts(process);
        new ProcessBuilder("kill", ignored ? "-TERM" : "-INT", Long.toString(process.pid()))
                .start()
                .waitFor();
        return ignored ? 143 : 130;
    }

    @Test
    void namesTheSettingsThatAnotherTrainingHas() throws IOException {
        Path cut = folder.resolve("cut");
        assertThat(train(cut, "1").exitCode()).isZero();
        Command other = train(cut, "3", "--resume", "--seed", "4", "--threads", "1");
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err())
                .contains("Resume it with its own recipe and data", "(options: without --resume, or another -o FOLDER)")
                .contains("belongs to another training: epochs was 1 and is now 3; seed was 1 and is now 4;"
                        + " threads was 2 and is now 1");
    }

    @Test
    void anEarlierTrainingIsNotLost() throws IOException {
        Path run = folder.resolve("run");
        assertThat(train(run, "1").exitCode()).isZero();
        byte[] best = Files.readAllBytes(run.resolve("best.safetensors"));
        Command again = train(run, "1", "--seed", "2");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("has an earlier training", "--resume", "--overwrite");
        assertThat(run.resolve("best.safetensors")).hasBinaryContent(best);
        Command over = train(run, "1", "--seed", "2", "--overwrite");
        assertThat(over.exitCode()).as(over.err()).isZero();
        assertThat(Files.readAllBytes(run.resolve("best.safetensors"))).isNotEqualTo(best);
        assertThat(train(run, "1", "--overwrite", "--resume").err()).contains("give one");
        Path nothing = folder.resolve("nothing");
        Command resumed = train(nothing, "1", "--resume");
        assertThat(resumed.exitCode()).isEqualTo(2);
        assertThat(resumed.err()).contains("There is no checkpoint in '" + nothing + "'");
        assertThat(nothing).doesNotExist();
    }

    @Test
    void labelsOutsideTheClassesAreRefused() throws IOException {
        Path run = folder.resolve("run");
        Command few = train(run, "1", "--config", "classes=5");
        assertThat(few.exitCode()).isEqualTo(2);
        assertThat(few.err())
                .contains("in column 'label', where the network tells 5 values apart, 0 to 4;", "at least")
                .doesNotContain("epoch", "\tat ");
        assertThat(run).doesNotExist();
    }

    @Test
    void endsWithTheCommandThatRunsTheResult() throws IOException {
        Path run = folder.resolve("my run");
        Command training = train(run, "1");
        assertThat(training.err()).contains("run it with: zoo run --catalog '%s' lenet picture.png".formatted(run));
        assertThat(Files.readString(run.resolve("lenet.md")))
                .contains("This command trains it again:", "zoo train lenet --data " + data() + " --epochs 1");
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
        assertThat(one.err()).contains("zoo: config of lenet: LeNet needs at least two classes; found 1");
        Command unknown = Command.zoo("train", "lenet", "--data", data(), "--config", "clases=10");
        assertThat(unknown.err()).contains("config of lenet: unknown field 'clases' (did you mean 'classes'?)");
        Command point = Command.zoo("train", "lenet", "--data", data(), "--config", "classes=.5");
        assertThat(point.err()).contains("config of lenet: 'classes' must be an integer, found number '0.5'");
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
        Command training = scheduled(run, "4", ensemble);
        assertThat(training.exitCode()).as(training.err()).isZero();
        assertThat(run.resolve("snapshot-2.safetensors")).exists();
        assertThat(Command.zoo("show", "--catalog", run.toString(), "lenet").exitCode())
                .isZero();
        Command odd = scheduled(folder.resolve("odd"), "3", ensemble);
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
