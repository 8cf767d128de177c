package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
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
        try (Zoo zoo = Zoo.open(ZooOptions.defaults().withHome(folder.resolve("home")))) {
            Architecture<?> found =
                    Objects.requireNonNull(zoo.components(Architecture.class).get(architecture));
            return random(found, variant);
        }
    }

    private static <C extends Record> Map<String, Tensor> random(Architecture<C> architecture, String variant) {
        GraphBuilder g = new GraphBuilder(variant, Mode.INFERENCE);
        architecture.build(g, Objects.requireNonNull(architecture.variants().get(variant)));
        return Weights.initial(g.build().parameters(), 1);
    }
}
