package org.menagerie.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;
import org.menagerie.graph.gradient.Gradients;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/**
 * A convolution is linear in its weight, so its weighted sum must equal the product of weight and gradient, for any
 * weight and exactly but for rounding.
 */
class WeightGradientTest {
    @ParameterizedTest(
            name = "{0} channels, kernel {1}x{2}, pads {3},{4},{5},{6}, dilation {7}x{8}, stride {9}, groups {10}")
    @CsvSource({
        "8, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1",
        "8, 5, 5, 0, 0, 0, 0, 1, 1, 1, 1",
        "8, 2, 3, 0, 2, 1, 0, 1, 1, 1, 1",
        "8, 3, 2, 2, 0, 3, 1, 2, 3, 1, 1",
        "8, 3, 3, 4, 4, 4, 4, 1, 1, 1, 1",
        "8, 1, 3, 0, 1, 0, 1, 1, 1, 1, 1",
        "8, 3, 3, 1, 1, 1, 1, 1, 1, 2, 1",
        "8, 3, 3, 1, 1, 1, 1, 1, 1, 1, 4",
        "2, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1",
        "4, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1",
        "4, 2, 2, 0, 0, 1, 1, 1, 1, 2, 1",
        "4, 2, 2, 1, 0, 0, 1, 1, 1, 3, 1",
        "8, 3, 3, 0, 0, 0, 0, 3, 2, 1, 1",
        "8, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1",
    })
    void equalsTheLossThroughLinearity(
            int channels,
            int rows,
            int columns,
            int top,
            int left,
            int bottom,
            int right,
            int dilationY,
            int dilationX,
            int stride,
            int groups) {
        GraphBuilder g = new GraphBuilder("convolution", Mode.INFERENCE);
        Value x = g.input("x", "f32[N,%d,9,7]".formatted(channels));
        Value weight = g.input("w", "f32[12,%d,%d,%d]".formatted(channels / groups, rows, columns));
        Attributes attributes = Attributes.of("kernel_shape", new long[] {rows, columns})
                .with("pads", new long[] {top, left, bottom, right})
                .with("dilations", new long[] {dilationY, dilationX})
                .with("strides", new long[] {stride, stride})
                .with("group", groups);
        Value y = g.op("Conv", attributes, x, weight);
        Value factors = g.input("factors", y.type());
        Value loss = g.sum(g.mul(y, factors));
        g.output("loss", loss);
        g.output("gradient", Gradients.of(g, loss, List.of(weight)).get(0));
        SplittableRandom random = new SplittableRandom(1);
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put("x", normal(random, x, 3));
        inputs.put("factors", normal(random, factors, 3));
        try (OnnxSession session = OnnxSession.open(OnnxWriter.toBytes(g.build(), Map.of(), Map.of()), Runs.CPU)) {
            for (int trial = 0; trial < 3; trial++) {
                Tensor weights = normal(random, weight, 3);
                inputs.put("w", weights);
                Map<String, Tensor> results = session.run(inputs);
                double product = 0;
                double scale = 0;
                for (int i = 0; i < weights.size(); i++) {
                    double term = weights.floats().get(i)
                            * (double) Objects.requireNonNull(results.get("gradient"))
                                    .floats()
                                    .get(i);
                    product += term;
                    scale += Math.abs(term);
                }
                assertThat(product)
                        .isCloseTo(
                                Objects.requireNonNull(results.get("loss"))
                                        .floats()
                                        .get(0),
                                within(1e-5 * scale));
            }
        }
    }

    private static Tensor normal(SplittableRandom random, Value like, long batch) {
        long[] dims = like.type().dims().stream()
                .mapToLong(dim -> dim.evaluate(Map.of("N", batch)))
                .toArray();
        Tensor tensor = Tensor.allocate(ElementType.FLOAT32, dims);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.floats().put(i, (float) random.nextGaussian());
        }
        return tensor;
    }
}
