package org.menagerie.plugin.overfeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Conv;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.training.Weights;
import org.menagerie.training.data.Column;

class OverFeatTest {
    private static final OverFeat.Config SMALL = new OverFeat.Config(Trunk.SMALL, List.of(1.0), 3, 1, 128);

    /** Table 3 of the paper: windows of 221 pixels, 36 apart at one offset, and 144 million parameters of the classifier. */
    @Test
    void theAccurateModelIsThePapers() {
        assertThat(Trunk.ACCURATE.window()).isEqualTo(221);
        assertThat(Trunk.ACCURATE.stride() * Trunk.POOL).isEqualTo(36);
        Graph graph = graph(Objects.requireNonNull(new OverFeat().variants().get("overfeat")));
        long features = 14_112 + 1_204_224 + 1_179_648 + 2_359_296 + 4_718_592 + 9_437_184;
        long linear = 25L * 1024 * 4096 + 4096 * 4096 + 4096 * 1001;
        long biases = 96 + 256 + 512 + 512 + 1024 + 1024 + 4096 + 4096 + 1001;
        assertThat(features + linear + biases).isBetween(144_000_000L, 145_000_000L);
        long boxes = 25L * 1024 * 4096 + 4096 + 4096 * 1024 + 1024 + 1024 * 4 + 4;
        assertThat(graph.parameterCount()).isEqualTo(features + linear + biases + boxes);
    }

    /** Neighbouring windows of all offsets are a stride apart, and hang over the picture's edges alike. */
    @Test
    void windowsCoverThePicture() {
        Scale scale = Scale.of(SMALL, 1);
        assertThat(List.of(Trunk.SMALL.window(), Trunk.SMALL.stride(), scale.windows()))
                .containsExactly(55, 4, 9);
        float[] corners = scale.corners(Offset.all()).toFloatArray();
        assertThat(corners).startsWith(-15, -15, 40, 40, -3, -15, 52, 40);
        assertThat(corners).endsWith(89, 89, 144, 144);
    }

    /** One pass over a picture gives each window what the same layers give its pixels alone. */
    @Test
    void aWindowsAnswerIsThatOfItsPixelsAlone() {
        Graph network = graph(SMALL);
        Map<String, Tensor> weights = Weights.initial(network.parameters(), 1);
        Tensor image = Tensor.allocate(ElementType.FLOAT32, 1, 1, 128, 128);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 128 * 128; i++) {
            image.floats().put(i, (float) random.nextDouble(-1, 1));
        }
        float[] windows = Scale.of(SMALL, 1).corners(Offset.all()).toFloatArray();
        int checked = 0;
        try (OnnxSession all = session(network, weights);
                OnnxSession alone = session(oneWindow(), weights)) {
            float[] scores =
                    Column.in(all.run(Map.of("image", image)), "scores").toFloatArray();
            for (int w = 0; w < windows.length / 4; w += 41) {
                int left = (int) windows[4 * w];
                int top = (int) windows[4 * w + 1];
                if (left < 0 || top < 0 || left + 55 > 128 || top + 55 > 128) {
                    continue;
                }
                Tensor pixels = Tensor.allocate(ElementType.FLOAT32, 1, 1, 55, 55);
                for (int i = 0; i < 55 * 55; i++) {
                    pixels.floats().put(i, image.floats().get((top + i / 55) * 128 + left + i % 55));
                }
                float[] expected =
                        Column.in(alone.run(Map.of("image", pixels)), "scores").toFloatArray();
                for (int c = 0; c < 4; c++) {
                    assertThat(scores[4 * w + c]).as("window %d", w).isCloseTo(expected[c], within(1e-5f));
                }
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(5);
    }

    /** The classifier of a single window, with linear layers. */
    private static Graph oneWindow() {
        GraphBuilder g = new GraphBuilder("window", Mode.INFERENCE);
        Value x = g.input("image", "f32[1,1,55,55]");
        x = g.maxPool(g.relu(g.conv("features.1", x, Conv.kernel(5).filters(16).stride(2))), 2);
        x = g.relu(g.conv("features.2", x, Conv.kernel(3).filters(32)));
        x = g.maxPool(g.relu(g.conv("features.3", x, Conv.kernel(3).filters(48))), 3);
        x = g.flatten(g.relu(g.conv("classes.0", x, Conv.kernel(3).filters(128))));
        x = g.unsqueeze(x, 2, 3);
        x = g.relu(g.conv("classes.1", x, Conv.kernel(1).filters(128)));
        g.output(
                "scores",
                g.softmax(g.flatten(g.conv("classes.out", x, Conv.kernel(1).filters(4))), 1));
        return g.build();
    }

    @Test
    void whatHoldsNoWindowIsRefused() {
        assertThatThrownBy(() -> new OverFeat.Config(Trunk.SMALL, List.of(1.0, 0.2), 3, 1, 64))
                .hasMessage(
                        "A picture of 64 pixels at scale 0.2 holds no window of 55 pixels; expected a larger scale");
        assertThatThrownBy(() -> new OverFeat.Config(Trunk.SMALL, List.of(), 3, 1, 64))
                .hasMessageContaining("needs a scale");
    }

    private static Graph graph(OverFeat.Config config) {
        GraphBuilder g = new GraphBuilder("overfeat", Mode.INFERENCE);
        new OverFeat().build(g, config);
        return g.build();
    }

    private static OnnxSession session(Graph graph, Map<String, Tensor> weights) {
        return OnnxSession.open(
                OnnxWriter.toBytes(graph, weights, Map.of()),
                SessionOptions.defaults().withDevice(Device.CPU).withThreads(1));
    }
}
