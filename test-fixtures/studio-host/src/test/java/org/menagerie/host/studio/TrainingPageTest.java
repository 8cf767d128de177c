package org.menagerie.host.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.fixtures.Fixtures;

/** The Java on the page of training, compiled and run: a network of one's own on the small subset, and layers that are built. */
class TrainingPageTest {
    private static final Path README = Path.of("../../api/training/README.md");

    private static final String PROGRAM = """
            import ai.djl.training.tracker.Tracker;
            import java.nio.file.Path;
            import java.util.Map;
            import org.menagerie.graph.*;
            import org.menagerie.graph.RecurrentLayers.States;
            import org.menagerie.graph.layer.*;
            import org.menagerie.hub.Zoo;
            import org.menagerie.runtime.SessionOptions;
            import org.menagerie.studio.Studio;
            import org.menagerie.training.*;
            import org.menagerie.training.data.*;
            import org.menagerie.training.optimizer.Adam;
            import org.menagerie.training.schedule.ConstantRate;

            public class Program {
                public static void main(String[] arguments) throws Exception {
            %s
                    GraphBuilder layers = new GraphBuilder("layers", Mode.TRAINING);
                    layers(layers, layers.input("x", "f32[N,8]"), layers.input("image", "f32[N,1,8,8]"),
                            layers.input("sequence", "f32[5,N,8]"));
                    System.out.println(layers.parameters().keySet());
                }

                private static void layers(GraphBuilder g, Value x, Value image, Value sequence) {
            %s
                }
            }
            """;

    @TempDir
    Path folder = Path.of("");

    @Test
    void theProgramTrainsANetworkOfItsOwn() throws IOException, InterruptedException {
        String data = "idx:" + Fixtures.copyFashionSubset(Files.createDirectories(folder.resolve("data")));
        List<String> blocks = PageProgram.blocks(README);
        assertThat(blocks)
                .as("blocks of Java on the page, each of which is run here")
                .hasSize(2);
        assertThat(blocks.get(0)).contains("fashion-mnist");
        String small = blocks.get(0).replace("fashion-mnist", data);

        String output = new PageProgram(folder).run(PROGRAM.formatted(small, blocks.get(1)));

        assertThat(output).contains("hidden.weight", "conv1.weight", "rnn.");
        double accuracy = Double.parseDouble(output.replaceAll("(?s).*accuracy=([0-9.]+).*", "$1"));
        assertThat(accuracy).as("validation accuracy of the last epoch").isGreaterThan(0.5);
        assertThat(folder.resolve("runs/own/best.safetensors")).isNotEmptyFile();
    }
}
