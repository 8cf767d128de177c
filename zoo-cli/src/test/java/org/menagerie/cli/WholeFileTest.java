package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.Graph;
import org.menagerie.graph.Parameter;
import org.menagerie.graph.export.ExportedNetworks;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;
import org.menagerie.text.generation.GeneratedText;
import org.menagerie.text.generation.GeneratedTexts;
import org.menagerie.weights.Sha256;

/** Files with a decoder inside write what the model writes. */
class WholeFileTest {
    private static final String LETTERS = "'abcdefghijklmnopqrstuvwxyz";

    /** Words of one to fourteen letters, in the dictionary and not. */
    private static final List<String> WORDS = List.of(
            ("a menagerie of extraordinary words thoroughly pronounced by a network that never heard them queue rhythm zoo"
                            + " o'clock psychology knight xylophone schwarzenegger bureau colonel the worcestershire yacht")
                    .split(" "));

    @TempDir
    Path folder = Path.of("");

    @Test
    void aShippedModelWritesThePhonemesOfItsJavaDecoder() {
        Path file = exported("g2p-lstm-cmudict");
        try (Zoo zoo = Zoo.open()) {
            compare(zoo, "g2p-lstm-cmudict", file, WORDS);
        }
    }

    @ParameterizedTest
    @CsvSource({"char-gpt, true", "char-gpt, false", "char-lm, true", "char-lm, false", "g2p-transformer, true"})
    void networksOfEveryKindOfDecoderDo(String variant, boolean promptAtOnce) throws IOException {
        try (Zoo zoo = Zoo.open(ZooOptions.defaults().withCatalogs(List.of(folder)))) {
            writeCard(zoo, variant, promptAtOnce);
            zoo.hub().reload();
            Path file = exported("mine");
            List<String> inputs = variant.startsWith("g2p")
                    ? WORDS
                    : List.of("the cat sat on", "a hacker wrote", "zzzzzzzzzzzzzz", "what is learnt");
            compare(zoo, "mine", file, inputs);
        }
    }

    @Test
    void whatDoesNotFitNamesWhatDoes() {
        String output = folder.resolve("x.onnx").toString();
        Command unfit = Command.zoo("export", "lenet-fashion-mnist", "--with-decoder", "greedy", "-o", output);
        assertThat(unfit.exitCode()).isEqualTo(2);
        assertThat(unfit.err()).contains("'lenet-fashion-mnist' does not write texts", "g2p-lstm-cmudict");
        Command unknown = Command.zoo("export", "g2p-lstm-cmudict", "--with-decoder", "gredy", "-o", output);
        assertThat(unknown.err()).contains("no decoder 'gredy'", "did you mean 'greedy'");
        Command both = Command.zoo(
                "export", "g2p-lstm-cmudict", "--with-decoder", "greedy", "--artifact", "step", "-o", output);
        assertThat(both.err()).contains("--artifact has no effect on a file with a decoder");
        assertThat(folder.resolve("x.onnx")).doesNotExist();
    }

    private Path exported(String model) {
        Path file = folder.resolve("whole.onnx");
        Command export = Command.zoo(
                "export", "--catalog", folder.toString(), model, "--with-decoder", "greedy", "-o", file.toString());
        assertThat(export.exitCode()).as(export.err()).isZero();
        return file;
    }

    private static void compare(Zoo zoo, String model, Path file, List<String> inputs) {
        ModelCard card = zoo.card(model);
        List<GeneratedText> expected = new ArrayList<>();
        for (Object answer :
                zoo.load(model, Map.of("beam", IntNode.valueOf(1))).model().predict(typed(inputs))) {
            expected.add(((GeneratedTexts) answer).texts().get(0));
        }
        assertThat(expected.stream().map(GeneratedText::text).distinct()).hasSizeGreaterThan(1);
        try (OnnxSession session = OnnxSession.open(file, SessionOptions.defaults())) {
            Map<String, Tensor> outputs = session.run(inputs(card, inputs));
            Tensor tokens = required(outputs, "tokens");
            int width = (int) tokens.shape().dim(1);
            for (int i = 0; i < inputs.size(); i++) {
                List<String> written = new ArrayList<>();
                for (int at = 0; at < required(outputs, "lengths").longs().get(i); at++) {
                    written.add(card.labels().get((int) tokens.longs().get(i * width + at)));
                }
                assertThat(written).as(inputs.get(i)).isEqualTo(expected.get(i).tokens());
                assertThat((double)
                                required(outputs, "log_probabilities").floats().get(i))
                        .isCloseTo(expected.get(i).logProbability(), Offset.offset(1e-3));
            }
        }
    }

    @SuppressWarnings("unchecked") // the models of this test take texts
    private static <I> List<I> typed(List<String> inputs) {
        return (List<I>) inputs;
    }

    /** What the file takes: letters padded to the longest word, or prompts of one length. */
    private static Map<String, Tensor> inputs(ModelCard card, List<String> inputs) {
        boolean letters = card.artifacts().containsKey("encoder");
        int longest = inputs.stream().mapToInt(String::length).max().orElse(0);
        Tensor all = Tensor.allocate(ElementType.INT64, inputs.size(), longest);
        int[] lengths = new int[inputs.size()];
        for (int i = 0; i < lengths.length; i++) {
            String input = inputs.get(i);
            lengths[i] = input.length();
            for (int at = 0; at < lengths[i]; at++) {
                String character = input.substring(at, at + 1);
                int number =
                        letters ? LETTERS.indexOf(character) + 1 : card.labels().indexOf(character);
                all.longs().put(i * longest + at, number);
            }
        }
        return letters
                ? Map.of("spelling", all, "spelling_length", Tensor.of(lengths, lengths.length))
                : Map.of("prompt", all);
    }

    /** A model of an architecture with random weights, large enough that its texts differ. */
    private void writeCard(Zoo zoo, String variant, boolean promptAtOnce) throws IOException {
        Map<String, Graph> networks = new LinkedHashMap<>(networks(zoo, variant));
        if (!promptAtOnce) {
            networks.remove("prompt");
        }
        Random random = new Random(7);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        StringBuilder artifacts = new StringBuilder();
        for (Map.Entry<String, Graph> network : networks.entrySet()) {
            for (Parameter parameter : network.getValue().parameters().values()) {
                weights.computeIfAbsent(parameter.name(), name -> {
                    Shape shape = parameter.value().type().shape();
                    float[] values = new float[(int) parameter.size()];
                    parameter.initializer().fill(values, shape, random);
                    for (int i = 0; i < values.length; i++) {
                        values[i] += (float) (random.nextGaussian() * 0.1);
                    }
                    return Tensor.of(values, shape.dims());
                });
            }
            Path file = folder.resolve(network.getKey() + ".onnx");
            OnnxWriter.write(file, network.getValue(), weights, Map.of());
            artifacts.append("    %s: {file: %1$s.onnx, size: %d, sha256: %s, sources: [\"file:%1$s.onnx\"]}%n"
                    .formatted(network.getKey(), Files.size(file), Sha256.of(file)));
        }
        boolean letters = networks.containsKey("encoder");
        int classes = (int) required(networks, "step").output("logits").dim(1).value();
        List<String> labels = new ArrayList<>(letters ? List.of("<pad>", "<s>", "</s>") : List.of());
        for (char character = ' '; labels.size() < classes; character++) {
            if (!Character.isISOControl(character)) {
                labels.add(Character.toString(character));
            }
        }
        Files.writeString(folder.resolve("mine.md"), """
                ---
                license: mit
                pipeline_tag: text-generation
                menagerie:
                  artifacts:
                %s  kind: {name: text-generation, separator: none, maxLength: 12%s}
                  labels: %s
                ---
                """.formatted(
                        artifacts,
                        letters ? ", input: spelling, characters: \"%s\"".formatted(LETTERS) : "",
                        new ObjectMapper().writeValueAsString(labels)));
    }

    private static Map<String, Graph> networks(Zoo zoo, String variant) {
        for (Architecture<?> architecture : zoo.components(Architecture.class).values()) {
            if (architecture.variants().containsKey(variant)) {
                return networks(architecture, variant);
            }
        }
        throw new AssertionError("no plugin brings " + variant);
    }

    private static <C extends Record> Map<String, Graph> networks(Architecture<C> architecture, String variant) {
        return ExportedNetworks.of(architecture, required(architecture.variants(), variant));
    }

    private static <T> T required(Map<String, T> map, String name) {
        return Objects.requireNonNull(map.get(name), name);
    }
}
