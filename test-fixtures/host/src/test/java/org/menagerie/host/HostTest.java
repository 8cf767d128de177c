package org.menagerie.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Model;
import org.menagerie.spi.Tensor;
import org.menagerie.weights.Safetensors;
import org.menagerie.weights.Sha256;

/** A host that depends on the hub and every plugin runs a model, without training, the command or test code. */
class HostTest {
    /** LeNet's parameters. */
    private static final Map<String, long[]> LENET = Map.of(
            "c1.weight", new long[] {6, 1, 5, 5},
            "c1.bias", new long[] {6},
            "c3.weight", new long[] {16, 6, 5, 5},
            "c3.bias", new long[] {16},
            "c5.weight", new long[] {120, 400},
            "c5.bias", new long[] {120},
            "f6.weight", new long[] {84, 120},
            "f6.bias", new long[] {84},
            "out.weight", new long[] {10, 84});

    @TempDir
    Path home;

    @Test
    void runsAModel() {
        try (Zoo zoo = Zoo.open(ZooOptions.defaults().withHome(home).withOffline(true));
                Model<Image, Classifications> lenet =
                        zoo.load("lenet-fashion-mnist", Image.class, Classifications.class)) {
            Classifications answer = lenet.predict(trousers());
            assertThat(answer.best().getClassName()).isEqualTo("Trouser");
            assertThat(answer.getProbabilities().stream()
                            .mapToDouble(Double::doubleValue)
                            .sum())
                    .isCloseTo(1, within(1e-5));
            assertThat(zoo.problems()).isEmpty();
        }
    }

    /** Weights without a network become one by the architecture's plugin alone. All are zero but one bias of the last layer. */
    @Test
    void runsAModelFromSafetensors(@TempDir Path catalog) throws IOException {
        Path weights = catalog.resolve("mine.safetensors");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        LENET.forEach((name, shape) -> tensors.put(name, Tensor.allocate(ElementType.FLOAT32, shape)));
        tensors.put("out.bias", Tensor.of(new float[] {0, 0, 0, 5, 0, 0, 0, 0, 0, 0}, 10));
        new Safetensors(tensors, Map.of()).write(weights);
        Files.writeString(catalog.resolve("mine.md"), """
                ---
                license: other
                pipeline_tag: image-classification
                menagerie:
                  architecture: {name: lenet, classes: 10}
                  artifacts:
                    model:
                      file: mine.safetensors
                      size: %d
                      sha256: %s
                      sources: ["file:mine.safetensors"]
                  preprocessor: {name: image, input: image, width: 28, height: 28, channels: gray}
                  decoder: {name: classification, output: logits}
                  labels: [a, b, c, d, e, f, g, h, i, j]
                ---
                # Mine
                """.formatted(Files.size(weights), Sha256.of(weights)));
        ZooOptions options =
                ZooOptions.defaults().withHome(home).withOffline(true).withCatalogs(List.of(catalog));
        try (Zoo zoo = Zoo.open(options);
                Model<Image, Classifications> mine = zoo.load("mine", Image.class, Classifications.class)) {
            Classifications answer = mine.predict(trousers());
            assertThat(answer.best().getClassName()).isEqualTo("d");
            assertThat(answer.best().getProbability()).isCloseTo(Math.exp(5) / (Math.exp(5) + 9), within(1e-5));
        }
    }

    /** Two legs and a waistband. */
    private static Image trousers() {
        BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = picture.createGraphics();
        pen.setColor(Color.LIGHT_GRAY);
        pen.fillRect(9, 1, 10, 5);
        pen.fillRect(9, 5, 4, 22);
        pen.fillRect(15, 5, 4, 22);
        pen.dispose();
        return ImageFactory.getInstance().fromImage(picture);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.menagerie.training.Trainer",
                "org.menagerie.cli.Main",
                "org.menagerie.contract.ArchitectureContract",
                "org.menagerie.fixtures.Fixtures",
                "picocli.CommandLine"
            })
    void hasNone(String type) {
        assertThatThrownBy(() -> Class.forName(type)).isInstanceOf(ClassNotFoundException.class);
    }
}
