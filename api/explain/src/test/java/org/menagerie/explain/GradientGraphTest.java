package org.menagerie.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/** Derivatives as files, against differences of the network's own outputs; LeNet's tanh has no kinks. */
class GradientGraphTest {
    private static final int PIXELS = 28 * 28;
    private static final int CLASSES = 10;
    private static final float STEP = 1e-2f;

    @TempDir
    Path folder = Path.of("");

    @Test
    void bothProductsAreWhatTheOutputsChange() throws IOException {
        Random random = new Random(1);
        float[] image = gaussian(random, PIXELS);
        float[] direction = gaussian(random, PIXELS);
        float[] weights = gaussian(random, CLASSES);
        try (Zoo zoo = Zoo.open(ZooOptions.defaults().withHome(folder))) {
            NetworkGraph lenet = NetworkGraph.of(zoo, "lenet-fashion-mnist", "model");
            GradientGraph backward = GradientGraph.vectorJacobian(lenet, "logits", "image");
            GradientGraph forward = GradientGraph.jacobianVector(lenet, "logits", "image");
            float[] gradient = run(backward, image, Tensor.of(weights, 1, CLASSES));
            float[] change = run(forward, image, Tensor.of(direction, 1, 1, 28, 28));
            float[] ahead = logits(backward, moved(image, direction, STEP));
            float[] behind = logits(backward, moved(image, direction, -STEP));
            double scale = 0;
            for (float each : change) {
                scale = Math.max(scale, Math.abs(each));
            }
            for (int i = 0; i < CLASSES; i++) {
                double difference = (ahead[i] - behind[i]) / (2 * STEP);
                assertThat((double) change[i]).as("logit %d", i).isCloseTo(difference, within(2e-3 * scale));
            }
            assertThat(product(gradient, direction)).isCloseTo(product(change, weights), within(1e-4 * scale));
        }
    }

    @Test
    void aValueThatTheNetworkDoesNotHaveIsRefused() throws IOException {
        try (Zoo zoo = Zoo.open(ZooOptions.defaults().withHome(folder))) {
            NetworkGraph lenet = NetworkGraph.of(zoo, "lenet-fashion-mnist", "model");
            assertThatThrownBy(() -> GradientGraph.vectorJacobian(lenet, "scores", "image"))
                    .isInstanceOf(ZooException.class)
                    .hasMessageContaining("'scores'")
                    .hasMessageContaining("logits");
        }
    }

    private static float[] run(GradientGraph gradient, float[] image, Tensor seed) throws IOException {
        return outputs(gradient, image, seed, gradient.result());
    }

    private static float[] logits(GradientGraph backward, float[] image) throws IOException {
        return outputs(backward, image, Tensor.of(new float[CLASSES], 1, CLASSES), "logits");
    }

    private static float[] outputs(GradientGraph gradient, float[] image, Tensor seed, String output)
            throws IOException {
        byte[] file = OnnxWriter.toBytes(
                gradient.network().graph(), gradient.network().weights(), Map.of());
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put("image", Tensor.of(image, 1, 1, 28, 28));
        inputs.put(gradient.seed(), seed);
        try (OnnxSession session = OnnxSession.open(file, SessionOptions.defaults())) {
            return Objects.requireNonNull(session.run(inputs).get(output)).toFloatArray();
        }
    }

    private static float[] moved(float[] from, float[] direction, float by) {
        float[] moved = from.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += by * direction[i];
        }
        return moved;
    }

    private static double product(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    private static float[] gaussian(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
