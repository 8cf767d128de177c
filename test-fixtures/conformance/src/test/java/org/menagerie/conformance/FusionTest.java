package org.menagerie.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.Optimization;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/**
 * Chains of operators drawn at random, with many that compute nothing among them, over matrices and images that are
 * square: the optimizer must not change their numbers.
 */
class FusionTest {
    private static final int CHAINS = 60;
    private static final int LENGTH = 7;
    private static final int EXTENT = 3;

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void theOptimizerChangesNoNumber(int rank) {
        for (int seed = 0; seed < CHAINS; seed++) {
            Chain chain = new Chain(rank, seed);
            byte[] model = OnnxWriter.toBytes(chain.g.build(), Map.of(), Map.of());
            float[] expected = result(Runs.run(model, Optimization.NONE, chain.tensors));
            double scale = 1;
            for (float number : expected) {
                scale = Math.max(scale, Math.abs(number));
            }
            assertThat(result(Runs.run(model, Optimization.ALL, chain.tensors)))
                    .as("chain %d of rank %d: %s", seed, rank, chain.g.nodes())
                    .containsExactly(expected, within((float) (1e-5 * scale)));
        }
    }

    private static float[] result(Map<String, Tensor> outputs) {
        return Objects.requireNonNull(outputs.get("y")).toFloatArray();
    }

    /** A graph with one output, {@code y}, and its inputs. */
    private static final class Chain {
        final GraphBuilder g = new GraphBuilder("chain", Mode.INFERENCE);
        final Map<String, Tensor> tensors = new HashMap<>();
        private final SplittableRandom random;
        private final int rank;

        Chain(int rank, int seed) {
            this.rank = rank;
            this.random = new SplittableRandom(seed);
            List<Value> values = new ArrayList<>(List.of(operand(rank)));
            for (int i = 0; i < LENGTH; i++) {
                Value x = values.get(random.nextInt(3) == 0 ? random.nextInt(values.size()) : values.size() - 1);
                values.add(random.nextBoolean() ? withoutEffect(x) : rank == 2 ? matrix(x) : image(x));
            }
            g.output("y", values.get(values.size() - 1));
        }

        /** An input or a constant of equal extents. */
        private Value operand(int axes) {
            long[] shape = new long[axes];
            java.util.Arrays.fill(shape, EXTENT);
            Tensor tensor = Tensor.allocate(ElementType.FLOAT32, shape);
            for (int i = 0; i < tensor.size(); i++) {
                tensor.floats().put(i, (float) random.nextGaussian());
            }
            if (random.nextBoolean()) {
                return g.constant(tensor);
            }
            String name = "x" + tensors.size();
            tensors.put(name, tensor);
            return g.input(name, org.menagerie.graph.TensorType.of(ElementType.FLOAT32, shape));
        }

        private Value withoutEffect(Value x) {
            int axis = random.nextInt(rank);
            return switch (random.nextInt(17)) {
                case 0 -> g.op("Identity", x);
                case 1 ->
                    g.op("Transpose", Attributes.of("perm", rank == 2 ? new int[] {0, 1} : new int[] {0, 1, 2, 3}), x);
                case 2 -> g.reshape(x, x.type().shape().dims());
                case 3 -> g.squeeze(g.unsqueeze(x, axis), axis);
                case 4 -> g.slice(x, axis, 0, EXTENT);
                case 5 -> g.concat(axis, List.of(x));
                case 6 -> g.op("Expand", x, g.longs(x.type().shape().dims()));
                case 7 -> g.op("Sum", x);
                case 8 -> g.op("Add", x, g.scalar(ElementType.FLOAT32, 0));
                case 9 -> g.op("Mul", x, g.scalar(ElementType.FLOAT32, 1));
                case 10 -> g.op("Div", x, g.scalar(ElementType.FLOAT32, 1));
                case 11 -> g.op("Cast", Attributes.of("to", ElementType.FLOAT32.onnxCode()), x);
                case 12 -> g.op("Pad", x, g.longs(new long[2 * rank]));
                case 13 -> g.op("Dropout", x);
                case 14 ->
                    g.ops("Split", Attributes.of("axis", axis), 1, x, g.longs(EXTENT))
                            .get(0);
                case 15 -> g.tile(x, rank == 2 ? new long[] {1, 1} : new long[] {1, 1, 1, 1});
                default ->
                    g.op(
                            "Cast",
                            Attributes.of("to", ElementType.FLOAT32.onnxCode()),
                            g.op("Cast", Attributes.of("to", ElementType.FLOAT64.onnxCode()), x));
            };
        }

        private Value matrix(Value x) {
            return switch (random.nextInt(10)) {
                case 0 -> g.gemm(x, random.nextBoolean(), operand(2), random.nextBoolean(), null);
                case 1 -> g.gemm(operand(2), random.nextBoolean(), x, random.nextBoolean(), operand(1));
                case 2 -> g.op("Gemm", Attributes.of("alpha", 0.5).with("beta", 2.0), x, x, operand(2));
                case 3 -> g.matMul(x, operand(2));
                case 4 -> g.matMul(x, random.nextBoolean(), operand(2), random.nextBoolean());
                case 5 -> g.transpose(x, 1, 0);
                case 6 -> g.op("Add", x, operand(1 + random.nextInt(2)));
                case 7 -> g.tanh(x);
                case 8 -> g.op("Mul", x, g.scalar(ElementType.FLOAT32, 0.7));
                default ->
                    g.gather(
                            g.reshape(g.concat(0, x, operand(2)), EXTENT, 2, EXTENT),
                            g.scalar(ElementType.INT64, 1),
                            1);
            };
        }

        private Value image(Value x) {
            Attributes same = Attributes.of("pads", new long[] {1, 1, 1, 1});
            return switch (random.nextInt(12)) {
                case 0, 1 -> g.op("Conv", same, x, operand(4), random.nextBoolean() ? operand(1) : null);
                case 2 -> g.transpose(x, 0, 1, 3, 2);
                case 3 -> g.transpose(x, 1, 0, 2, 3);
                case 4 -> g.transpose(x, 0, 2, 3, 1);
                case 5 -> g.op("Add", x, operand(1 + random.nextInt(4)));
                case 6 -> g.op("Mul", x, g.reshape(operand(1), EXTENT, 1, 1));
                case 7 -> g.relu(x);
                case 8 -> g.op("MaxPool", same.with("kernel_shape", new long[] {3, 3}), x);
                case 9 -> g.op("BatchNormalization", x, operand(1), operand(1), operand(1), g.square(operand(1)));
                case 10 ->
                    g.op(
                            "AveragePool",
                            Attributes.of("kernel_shape", new long[] {3, 3}),
                            g.pad(x, 0, 0, 0, 1, 1, 0, 0, 1, 1));
                default ->
                    g.op(
                            "MaxPool",
                            Attributes.of("kernel_shape", new long[] {3, 3}),
                            g.pad(x, 0, 0, 0, 1, 1, 0, 0, 1, 1));
            };
        }
    }
}
