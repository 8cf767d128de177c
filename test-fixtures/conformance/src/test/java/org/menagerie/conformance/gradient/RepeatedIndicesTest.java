package org.menagerie.conformance.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;
import org.menagerie.graph.gradient.Gradients;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.Tensor;

/**
 * Gradients whose indices repeat, on two threads: the right sums, and the same bits run after run. ONNX Runtime's {@code
 * ScatterND} with addition gives neither on these sizes.
 */
final class RepeatedIndicesTest {
    private static final int RUNS = 40;
    private static final int WIDTH = 64;

    /**
     * A table that is read at indices.
     *
     * @param rows of the table
     * @param count of indices, most of them of the first rows, as words are in a language
     */
    private record Reading(String name, int rows, int count, BiFunction<GraphBuilder, Value[], Value> read) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Reading> readings() {
        return List.of(
                new Reading("letters", 28, 20_000, (g, v) -> g.gather(v[0], v[1], 0)),
                new Reading("the largest table that is multiplied", 96, 8_000, (g, v) -> g.gather(v[0], v[1], 0)),
                new Reading("the smallest table that is scattered", 97, 8_000, (g, v) -> g.gather(v[0], v[1], 0)),
                new Reading("words", 3_000, 20_000, (g, v) -> g.gather(v[0], v[1], 0)),
                new Reading("rows by GatherND", 1_000, 8_000, (g, v) -> g.op("GatherND", v[0], g.unsqueeze(v[1], 1))),
                new Reading(
                        "columns", 500, 8_000, (g, v) -> g.transpose(g.gather(g.transpose(v[0], 1, 0), v[1], 1), 1, 0)),
                new Reading(
                        "elements",
                        500,
                        8_000,
                        (g, v) -> g.op(
                                "GatherElements",
                                Attributes.of("axis", 0),
                                v[0],
                                g.expand(g.unsqueeze(v[1], 1), g.longs(8_000, WIDTH)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readings")
    void addUpExactlyAndRepeatably(Reading reading) {
        SplittableRandom random = new SplittableRandom(4);
        long[] indices = new long[reading.count()];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = (long) (Math.pow(random.nextDouble(), 3) * reading.rows());
        }
        float[] weights = new float[reading.count() * WIDTH];
        double[] expected = new double[reading.rows() * WIDTH];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextDouble(-1, 1);
            expected[(int) indices[i / WIDTH] * WIDTH + i % WIDTH] += weights[i];
        }
        Map<String, Tensor> fed = Map.of(
                "table", Tensor.of(new float[reading.rows() * WIDTH], reading.rows(), WIDTH),
                "indices", Tensor.of(indices, reading.count()),
                "weights", Tensor.of(weights, reading.count(), WIDTH));
        SessionOptions two = SessionOptions.defaults().withDevice(Device.CPU).withThreads(2);
        try (OnnxSession session = OnnxSession.open(gradient(reading), two)) {
            float[] first = floats(session.run(fed));
            for (int i = 0; i < first.length; i++) {
                assertThat((double) first[i]).isCloseTo(expected[i], within(2e-3));
            }
            for (int run = 1; run < RUNS; run++) {
                assertThat(floats(session.run(fed))).as("run %d", run).isEqualTo(first);
            }
        }
    }

    /** The gradient of Σ weights · table[indices] to the table. */
    private static byte[] gradient(Reading reading) {
        GraphBuilder g = new GraphBuilder("gradient", Mode.TRAINING);
        Value table = g.input("table", "f32[%d,%d]".formatted(reading.rows(), WIDTH));
        Value indices = g.input("indices", "i64[N]");
        Value weights = g.input("weights", "f32[N,%d]".formatted(WIDTH));
        Value read = reading.read().apply(g, new Value[] {table, indices});
        Value sum = g.sum(g.mul(read, weights));
        Value gradient = Gradients.of(g, sum, List.of(table)).get(0);
        Map<String, Value> outputs = new LinkedHashMap<>();
        outputs.put("sum", sum);
        outputs.put("gradient", gradient);
        return OnnxWriter.toBytes(g.build().prunedTo(outputs), Map.of(), Map.of());
    }

    private static float[] floats(Map<String, Tensor> outputs) {
        Tensor gradient = Objects.requireNonNull(outputs.get("gradient"));
        float[] values = new float[gradient.size()];
        gradient.floats().get(0, values);
        return values;
    }
}
