package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Parameter;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.training.Weights;
import org.menagerie.weights.Safetensors;

/** Weights of a published form become a model that answers, from file to picture. */
class ImportedCardTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void publishedWeightsGetACardThatRuns() throws IOException {
        Path weights = folder.resolve("resnet18.safetensors");
        new Safetensors(random("resnet", "resnet18"), Map.of()).write(weights);
        Path network = folder.resolve("models/resnet18.onnx");

        Command imported = Command.zoo("import", "resnet18", weights.toString(), "-o", network.toString());
        assertThat(imported.exitCode()).as(imported.err()).isZero();
        assertThat(imported.err()).contains("wrote " + folder.resolve("models/resnet18.md"), "run it with: zoo run");
        assertThat(Files.readString(folder.resolve("models/resnet18.md")))
                .contains("resize: center-crop", "shorterSide: 256", "depth: 18")
                .contains("- tench", "- goldfish", "- toilet tissue");

        String catalog = folder.resolve("models").toString();
        Command run = Command.zoo(
                "run",
                "--catalog",
                catalog,
                "resnet18",
                Fixtures.copy("images/chelsea.png", folder).toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines()).hasSizeGreaterThanOrEqualTo(5);

        Files.writeString(folder.resolve("models/resnet18.md"), "mine");
        Command again = Command.zoo("import", "resnet18", weights.toString(), "-o", network.toString());
        assertThat(again.err()).contains("kept " + folder.resolve("models/resnet18.md"));
        assertThat(folder.resolve("models/resnet18.md")).hasContent("mine");
    }

    /**
     * From a picture to probabilities as torchvision 0.14 gives them with the same weights: {@code
     * transforms._presets.ImageClassification(crop_size=224, resize_size=256)}, 232 for the second version, the network, softmax.
     *
     * @param head a factor of the last layer's weight, which keeps the probabilities away from 0 and 1
     */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "resnet18, IMAGENET1K_V1, 0.125, sundial, 0.611533, grille, 0.298867, mailbox, 0.033233",
        "resnet50, IMAGENET1K_V1, 0.0009765625, rule, 0.524420, spotlight, 0.429949, sandal, 0.027069",
        "resnet50, IMAGENET1K_V2, 0.0009765625, spotlight, 0.559773, rule, 0.399186, sandal, 0.023351",
        "alexnet, IMAGENET1K_V1, 1, cornet, 0.326289, valley, 0.205322, sea anemone, 0.029899"
    })
    void answersAreTorchvisions(
            String variant,
            String version,
            float head,
            String first,
            double one,
            String second,
            double two,
            String third,
            double three)
            throws IOException {
        Path weights = folder.resolve("weights.safetensors");
        new Safetensors(formula(variant.replaceAll("\\d+$", ""), variant, Map.of("fc.weight", head)), Map.of())
                .write(weights);
        Path network = folder.resolve("models/mine.onnx");
        Command imported =
                Command.zoo("import", variant, weights.toString(), "--weights", version, "-o", network.toString());
        assertThat(imported.exitCode()).as(imported.err()).isZero();
        Command run = Command.zoo(
                "run",
                "--json",
                "--catalog",
                folder.resolve("models").toString(),
                "mine",
                Fixtures.copy("images/chelsea.png", folder).toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode best = new ObjectMapper().readTree(run.out()).path("result");
        List<String> names = List.of(first, second, third);
        List<Double> probabilities = List.of(one, two, three);
        for (int i = 0; i < names.size(); i++) {
            assertThat(best.get(i).path("label").textValue()).isEqualTo(names.get(i));
            assertThat(best.get(i).path("probability").doubleValue()).isCloseTo(probabilities.get(i), within(1e-3));
        }
    }

    /**
     * Left, top, right, bottom in pixels, score and class of torchvision's seven best objects; see {@code coco_v1.py} of plugins/rcnn.
     * From the eighth on, scores of boxes that overlap differ by less than the rounding of samples moves them, so that
     * suppression keeps another one of them.
     */
    private static final String OBJECTS = """
            158.864 122.561 182.586 171.102 0.09439 39
            140.297 78.071 213.646 149.748 0.09292 39
            143.702 62.143 188.649 165.589 0.09287 39
            168.772 91.417 193.110 141.996 0.09211 39
            168.675 120.257 192.835 170.446 0.09158 39
            177.497 87.078 202.116 138.054 0.09089 39
            185.782 79.244 211.088 128.322 0.08819 39
            """;

    /**
     * From a picture of 300×300 pixels to boxes as torchvision 0.14 gives them for its published COCO_V1: no epsilon in the
     * batch normalisation, 90 numbers of things, and a file that has the older names of some tensors. Ours rounds resized samples to bytes.
     */
    @Test
    void objectsAreTorchvisions() throws IOException {
        Map<String, Float> factors = Map.of(
                "backbone.fpn.inner_blocks", 1 / 16384f,
                "rpn.head.bbox_pred", 1 / 8f,
                "roi_heads.box_predictor.bbox_pred", 1 / 4f);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        formula("faster-rcnn", "fasterrcnn_resnet50_fpn", factors)
                .forEach((name, tensor) -> tensors.put(
                        name.replaceAll("(blocks[.]\\d)[.]0[.]", "$1.").replace("rpn.head.conv.0.0.", "rpn.head.conv."),
                        tensor));
        assertThat(tensors).containsKeys("backbone.fpn.inner_blocks.0.weight", "rpn.head.conv.bias");
        Path weights = folder.resolve("weights.safetensors");
        new Safetensors(tensors, Map.of()).write(weights);
        Path network = folder.resolve("models/mine.onnx");
        Command imported = Command.zoo(
                "import",
                "fasterrcnn_resnet50_fpn",
                weights.toString(),
                "--config",
                "size=256",
                "-o",
                network.toString());
        assertThat(imported.exitCode()).as(imported.err()).isZero();
        assertThat(Files.readString(folder.resolve("models/mine.md"))).contains("- person", "- toothbrush", "- N/A");
        Path square = folder.resolve("square.png");
        BufferedImage chelsea =
                ImageIO.read(Fixtures.copy("images/chelsea.png", folder).toFile());
        ImageIO.write(chelsea.getSubimage(60, 0, 300, 300), "png", square.toFile());
        Command run = Command.zoo(
                "run",
                "--json",
                "--set",
                "threshold=0.05",
                "--catalog",
                folder.resolve("models").toString(),
                "mine",
                square.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode found = new ObjectMapper().readTree(run.out()).path("result");
        assertThat(found).as(run.out()).hasSize(100);
        OBJECTS.lines()
                .forEach(line -> assertThat(found).as(line).anySatisfy(object -> {
                    String[] numbers = line.split(" ");
                    assertThat(object.path("label").textValue()).isEqualTo("baseball bat");
                    assertThat(object.path("probability").doubleValue())
                            .isCloseTo(Double.parseDouble(numbers[4]), within(2e-3));
                    JsonNode box = object.path("box");
                    double x = box.path("x").doubleValue();
                    double y = box.path("y").doubleValue();
                    List<Double> corners = List.of(
                            x,
                            y,
                            x + box.path("width").doubleValue(),
                            y + box.path("height").doubleValue());
                    for (int i = 0; i < 4; i++) {
                        assertThat(corners.get(i)).isCloseTo(Double.parseDouble(numbers[i]), within(0.2));
                    }
                }));
    }

    @Test
    void aVersionThatWasNotPublishedIsRefused() {
        String output = folder.resolve("x.onnx").toString();
        Command unknown =
                Command.zoo("import", "resnet18", "x.safetensors", "--weights", "IMAGENET1K_V2", "-o", output);
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("There are no weights 'IMAGENET1K_V2'; published were IMAGENET1K_V1");
        Command unfit = Command.zoo("import", "resnet20", "x.safetensors", "--weights", "IMAGENET1K_V1", "-o", output);
        assertThat(unfit.exitCode()).isEqualTo(2);
        assertThat(unfit.err())
                .contains("There are no weights 'IMAGENET1K_V1' of resnet20; no published weights of it are known");
    }

    @Test
    void otherClassesGetNoCard() throws IOException {
        Path weights = folder.resolve("resnet20.safetensors");
        new Safetensors(random("resnet", "resnet20"), Map.of()).write(weights);
        Path network = folder.resolve("resnet20.onnx");
        Command imported = Command.zoo("import", "resnet20", weights.toString(), "-o", network.toString());
        assertThat(imported.exitCode()).as(imported.err()).isZero();
        assertThat(folder.resolve("resnet20.md")).doesNotExist();
    }

    private Map<String, Tensor> random(String architecture, String variant) {
        return Weights.initial(parameters(architecture, variant), 1);
    }

    private Map<String, Parameter> parameters(String architecture, String variant) {
        try (Zoo zoo = Zoo.open(ZooOptions.defaults().withHome(folder.resolve("home")))) {
            Architecture<?> found =
                    Objects.requireNonNull(zoo.components(Architecture.class).get(architecture));
            return parameters(found, variant);
        }
    }

    private static <C extends Record> Map<String, Parameter> parameters(Architecture<C> architecture, String variant) {
        GraphBuilder g = new GraphBuilder(variant, Mode.INFERENCE);
        architecture.build(g, Objects.requireNonNull(architecture.variants().get(variant)));
        return g.build().parameters();
    }

    /**
     * Weights that look random and that NumPy computes as well. With {@code h} the Java hash of the name and {@code i} the element,
     * in 32 bits: {@code v = (h + i) * 2654435761; v ^= v >>> 15; v *= 2246822519; v ^= v >>> 13; u = v / 2^32 - 0.5}.
     */
    private Map<String, Tensor> formula(String architecture, String variant, Map<String, Float> factors) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        parameters(architecture, variant).forEach((name, parameter) -> {
            Tensor tensor = Tensor.allocate(
                    ElementType.FLOAT32, parameter.value().type().shape().dims());
            int fanIn = tensor.size() / (int) tensor.shape().dim(0);
            float factor = factors.entrySet().stream()
                    .filter(entry -> name.startsWith(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(1f);
            for (int i = 0; i < tensor.size(); i++) {
                int v = (name.hashCode() + i) * (int) 2654435761L;
                v ^= v >>> 15;
                v *= (int) 2246822519L;
                v ^= v >>> 13;
                double u = Integer.toUnsignedLong(v) / 4294967296.0 - 0.5;
                double value = tensor.shape().rank() > 1
                        ? u * Math.sqrt(24.0 / fanIn)
                        : name.endsWith("bias") || name.endsWith("running_mean") ? 0.2 * u : 1 + u;
                tensor.floats().put(i, (float) value * factor);
            }
            weights.put(name, tensor);
        });
        return weights;
    }
}
