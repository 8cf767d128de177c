package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.layer.Conv;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.spi.Tensor;
import org.menagerie.training.Weights;
import org.menagerie.weights.Safetensors;

/** New heads on the shipped LeNet, on the small subset of Fashion-MNIST. */
class TuneCommandTest {
    @TempDir
    Path folder = Path.of("");

    private String data() throws IOException {
        return "idx:" + Fixtures.copyFashionSubset(Files.createDirectories(folder.resolve("data")));
    }

    private Command tune(String source, String run, String... more) throws IOException {
        Stream<String> fixed = Stream.of(
                "tune",
                source,
                "--data",
                data(),
                "--train",
                "head.*",
                "-o",
                folder.resolve(run).toString());
        return Command.zoo(Stream.concat(fixed, Stream.of(more)).toArray(String[]::new));
    }

    private Map<String, Tensor> best(String run) {
        return Safetensors.read(folder.resolve(run).resolve("best.safetensors")).tensors();
    }

    private static float[] weights(Map<String, Tensor> all, String name) {
        Tensor tensor = all.get(name);
        assertThat(tensor).as("%s of %s", name, all.keySet()).isNotNull();
        return tensor == null ? new float[0] : tensor.toFloatArray();
    }

    /** The learning rate is tiny, so that weights are still what the seed drew. */
    @Test
    void aNewHeadFollowsTheSeedAndTheRestIsTheSource() throws IOException {
        String[] brief = {"--epochs", "1", "--learning-rate", "1e-9", "--seed"};
        for (int seed = 1; seed <= 2; seed++) {
            Command tuning = tune("lenet-fashion-mnist", "seed" + seed, concat(brief, Integer.toString(seed)));
            assertThat(tuning.exitCode()).as(tuning.err()).isZero();
        }
        assertThat(weights(best("seed1"), "head.weight")).isNotEqualTo(weights(best("seed2"), "head.weight"));
        Map<String, Tensor> one = best("seed1");
        Map<String, Tensor> two = best("seed2");
        one.keySet().stream()
                .filter(name -> !name.startsWith("head."))
                .forEach(name -> assertThat(weights(two, name)).as(name).isEqualTo(weights(one, name)));

        Command members = tune("lenet-fashion-mnist", "members", concat(brief, "1", "--ensemble", "2"));
        assertThat(members.exitCode()).as(members.err()).isZero();
        assertThat(weights(best("members/member_0"), "head.weight"))
                .isEqualTo(weights(one, "head.weight"))
                .isNotEqualTo(weights(best("members/member_1"), "head.weight"));
    }

    private static String[] concat(String[] first, String... more) {
        return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void itsCardSaysWhatWasDoneAndItsCommandRepeatsIt() throws IOException {
        Command tuning = tune("lenet-fashion-mnist", "once", "--epochs", "2", "--seed", "7", "--head", "classes=10");
        assertThat(tuning.exitCode()).as(tuning.err()).isZero();
        assertThat(tuning.err())
                .contains("run it with: zoo run --catalog " + folder.resolve("once"), "lenet-fashion-mnist-tuned");
        String card = Files.readString(folder.resolve("once/lenet-fashion-mnist-tuned.md"));
        assertThat(card)
                .contains("Fine-tuned from `lenet-fashion-mnist` by `zoo tune`: 2 of ", "seed: 7", "epochs: 2")
                .doesNotContain("zoo train");
        String command = card.replaceAll("(?s).*```\\Rzoo (.*?)\\R```.*", "$1");
        assertThat(command)
                .startsWith("tune lenet-fashion-mnist")
                .contains("--train 'head.*'")
                .doesNotContain("-o ");
        Command again = Command.zoo(concat(
                command.replace("'", "").split(" "),
                "-o",
                folder.resolve("again").toString()));
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(folder.resolve("again/best.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("once/best.safetensors"));

        Command evaluated = Command.zoo(
                "eval", "--catalog", folder.resolve("once").toString(), "lenet-fashion-mnist-tuned", "--data", data());
        assertThat(evaluated.out())
                .as(evaluated.err())
                .contains(tuning.out().replaceAll("(?s).*(accuracy [0-9.]+).*", "$1"));
    }

    /** A head on a network that has one already: the old head's weights are not taken for the new one's. */
    @Test
    void whatWasTunedCanBeTunedAgain() throws IOException {
        assertThat(tune("lenet-fashion-mnist", "once", "--epochs", "1").exitCode())
                .isZero();
        Path network = folder.resolve("once/lenet-fashion-mnist-tuned.onnx");
        Command again = tune(network.toString(), "twice", "--epochs", "1");
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(weights(best("twice"), "head.bias")).hasSize(10);
        // Drawn anew from the same seed on the same frozen features, it learns the same; the old one would have learned
        // on.
        assertThat(weights(best("twice"), "head.bias")).isEqualTo(weights(best("once"), "head.bias"));

        Command more = tune(network.toString(), "more", "--epochs", "1", "--head", "classes=12");
        assertThat(more.exitCode()).isEqualTo(2);
        assertThat(more.err()).contains("tells 12 classes apart, but 'idx/data/train' names 10");
    }

    @Test
    void refusesWhatDoesNotFit() throws IOException {
        Command few = tune("lenet-fashion-mnist", "few", "--head", "classes=5");
        assertThat(few.exitCode()).isEqualTo(2);
        assertThat(few.err())
                .contains("where the network tells 5 values apart, 0 to 4; the data's 10 classes are")
                .doesNotContain("epoch");
        assertThat(folder.resolve("few")).doesNotExist();
        assertThat(tune("lenet-fashion-mnist", "x", "--head", "clases=5").err()).contains("--head has no 'clases'");
        assertThat(tune("lenet-fashion-mnist", "x", "--resume").err()).contains("There is no checkpoint");

        assertThat(tune("nowhere.onnx", "x").err()).contains("There is no file 'nowhere.onnx'");
        Command both = tune("lenet-fashion-mnist", "x", "--last-layers", "1");
        assertThat(both.exitCode()).isEqualTo(2);
        assertThat(both.err()).contains("--train and --last-layers both choose what is trained");
        Command size = tune("lenet-fashion-mnist", "x", "--size", "28x32");
        assertThat(size.exitCode()).isEqualTo(2);
        assertThat(size.err()).contains("A width of 32 was asked for; 'lenet-fashion-mnist' takes 28 only (--size)");
        Command large = tune("lenet-fashion-mnist", "x", "--batch-size", "100000");
        assertThat(large.exitCode()).isEqualTo(2);
        assertThat(large.err())
                .containsPattern("has [0-9,]+ examples, fewer than a batch of 100,000; choose a batch size");

        GraphBuilder g = new GraphBuilder("four", Mode.INFERENCE);
        var image = g.input("image", "f32[4,1,28,28]");
        var maps = g.relu(g.conv("conv", image, Conv.kernel(3).filters(4)));
        g.output("logits", g.linear("out", g.reshape(g.op("GlobalAveragePool", maps), 4, 4), 10));
        Path four = folder.resolve("four.onnx");
        var network = g.build();
        OnnxWriter.write(four, network, Weights.initial(network.parameters(), 1), Map.of());
        Command fixed = tune(four.toString(), "fixed");
        assertThat(fixed.exitCode()).isEqualTo(2);
        assertThat(fixed.err()).contains("has a batch of 4 built in");
        Command artifact = tune(four.toString(), "fixed", "--artifact", "other");
        assertThat(artifact.exitCode()).isEqualTo(2);
        assertThat(artifact.err()).contains("--artifact has no effect on an ONNX file");
        assertThat(folder.resolve("x")).doesNotExist();
    }
}
