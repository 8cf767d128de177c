package org.menagerie.conformance.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;
import org.menagerie.graph.gradient.Gradients;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.Optimization;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/**
 * ONNX Runtime's optimizer changes no number. It fuses neighbours, and a wrong fusion of matrices shows in the numbers
 * only where they are square; so every function of the gradient table stands between two matrix products, with extents
 * that are equal on all axes wherever it takes them.
 */
class OptimizationTest {
    /** The share of functions that must be tried with equal extents; constants, such as indices, fit others only. */
    private static final double TRIED = 0.9;

    /** Each function with the first extent that it takes on all axes, else as it stands in the table. */
    static List<Sandwich> cases() {
        List<Sandwich> cases = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (GradientCase row : GradientTableTest.cases()) {
            Optional<Sandwich> equal = RecurrentCases.areEqual(row) ? Optional.empty() : withEqualExtents(row);
            cases.add(equal.orElseGet(() -> new Sandwich(row)));
            if (equal.isEmpty() && !RecurrentCases.areEqual(row)) {
                left.add(row.name());
            }
        }
        assertThat(left).as("functions without equal extents").hasSizeLessThan((int) ((1 - TRIED) * cases.size()));
        return cases;
    }

    private static Optional<Sandwich> withEqualExtents(GradientCase row) {
        return IntStream.of(4, 3, 2, 5, 6, 8)
                .mapToObj(row::withExtent)
                .flatMap(equal -> runnable(equal).stream())
                .findFirst();
    }

    private static Optional<Sandwich> runnable(GradientCase row) {
        try {
            Sandwich sandwich = new Sandwich(row);
            sandwich.expected();
            return Optional.of(sandwich);
        } catch (ZooException | IllegalStateException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theOptimizerChangesNoNumber(Sandwich sandwich) {
        sandwich.check();
    }

    /** A function with a matrix product before each input and after each output, and all gradients. */
    private static final class Sandwich {
        private final GradientCase row;
        private final RandomGenerator random = new SplittableRandom(17);
        private final Map<String, Tensor> tensors = new LinkedHashMap<>();
        private final Graph graph;
        private @Nullable Map<String, Tensor> expected;

        Sandwich(GradientCase row) {
            this.row = row;
            GraphBuilder g = new GraphBuilder("sandwich", Mode.TRAINING);
            List<Value> sources = new ArrayList<>();
            List<Value> operands = new ArrayList<>();
            for (int i = 0; i < row.inputs().size(); i++) {
                Input input = row.inputs().get(i);
                Value x = g.input("x" + i, input.type(row.element()));
                tensors.put(x.name(), Input.tensor(row.element(), input.draw(random), input.shape()));
                sources.add(x);
                operands.add(multiplied(g, x, sources));
            }
            List<Value> results = row.function().build(g, operands);
            Value loss = g.scalar(row.element(), 0);
            for (int i = 0; i < results.size(); i++) {
                Value y = multiplied(g, results.get(i), sources);
                g.output("y" + i, y);
                loss = g.add(loss, g.cast(g.sum(g.square(y)), row.element()));
            }
            List<Value> gradients = Gradients.of(g, loss, sources);
            for (int i = 0; i < gradients.size(); i++) {
                g.output("d" + i, gradients.get(i));
            }
            graph = g.build();
        }

        /** The product with a matrix near the identity, so that elements stay where the function is smooth. */
        private Value multiplied(GraphBuilder g, Value x, List<Value> sources) {
            if (x.rank() < 2 || !x.dim(-1).isFixed() || x.element() != row.element()) {
                return x;
            }
            int width = (int) x.dim(-1).value();
            Shape shape = new Shape(width, width);
            Value matrix = g.input("w" + sources.size(), org.menagerie.graph.TensorType.of(row.element(), shape));
            double[] elements = new double[width * width];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = (i % (width + 1) == 0 ? 1 : 0) + 0.004 * random.nextDouble();
            }
            tensors.put(matrix.name(), Input.tensor(row.element(), elements, shape));
            sources.add(matrix);
            return x.rank() == 2 ? g.gemm(x, false, matrix, true, null) : g.matMul(x, matrix);
        }

        void check() {
            Map<String, Tensor> found = run(Optimization.ALL);
            expected()
                    .forEach((name, tensor) -> requireClose(
                            "%s: %s".formatted(row, name), tensor, Objects.requireNonNull(found.get(name), name)));
        }

        /** The numbers without optimization. */
        Map<String, Tensor> expected() {
            if (expected == null) {
                expected = run(Optimization.NONE);
            }
            return expected;
        }

        private Map<String, Tensor> run(Optimization optimization) {
            byte[] model = OnnxWriter.toBytes(graph, Map.of(), Map.of());
            SessionOptions options = SessionOptions.defaults()
                    .withDevice(Device.CPU)
                    .withThreads(1)
                    .withOptimization(optimization);
            try (OnnxSession session = OnnxSession.open(model, options)) {
                Map<String, Tensor> needed = new LinkedHashMap<>(tensors);
                needed.keySet()
                        .retainAll(session.inputs().stream()
                                .map(input -> input.name())
                                .toList());
                return session.run(needed);
            }
        }

        @Override
        public String toString() {
            return row.toString();
        }

        private void requireClose(String what, Tensor expected, Tensor found) {
            double[] numbers = Input.doubles(expected);
            double scale = 1;
            for (double number : numbers) {
                scale = Math.max(scale, Math.abs(number));
            }
            double tolerance = row.element() == ElementType.FLOAT64 ? 1e-7 : 2e-4; // A fused factor is float32.
            assertThat(found.shape()).as(what).isEqualTo(expected.shape());
            assertThat(Input.doubles(found)).as(what).containsExactly(numbers, within(tolerance * scale));
        }
    }
}
