package org.menagerie.conformance.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
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

/**
 * Holds symbolic derivatives against central differences of the function itself: first those of a random projection of
 * the outputs, then those of a random projection of the gradients, a Hessian-vector product. The derivatives run with all
 * optimizations of ONNX Runtime and with none.
 */
final class GradientCheck {
    private final GradientCase row;
    private final RandomGenerator random = new SplittableRandom(20240731);
    private final Map<String, Tensor> point = new LinkedHashMap<>();

    private GradientCheck(GradientCase row) {
        this.row = row;
    }

    static void check(GradientCase row) {
        new GradientCheck(row).check();
    }

    private void check() {
        for (int i = 0; i < row.inputs().size(); i++) {
            Input input = row.inputs().get(i);
            point.put("x" + i, Input.tensor(row.element(), input.draw(random), input.shape()));
        }
        GraphBuilder g = new GraphBuilder("case", Mode.TRAINING);
        List<Value> x = inputs(g, "x");
        List<Value> y = row.function().build(g, x);
        Map<String, Value> values = named("y", y);
        List<Value> weights;
        try (OnnxSession session = open(g, values, Optimization.ALL)) {
            Map<String, Tensor> results = run(session, point);
            assertFinite(results);
            weights = projections(g, values, results, "w");
            List<Value> gradients = Gradients.of(g, projected(g, y, weights), x);
            compare("gradient", session, values.keySet(), "w", g, gradients);
            if (row.order() < 2) {
                return;
            }
            second(g, x, gradients);
        }
    }

    private void second(GraphBuilder g, List<Value> x, List<Value> gradients) {
        Map<String, Value> values = named("dx", gradients);
        try (OnnxSession session = open(g, values, Optimization.ALL)) {
            List<Value> directions = projections(g, values, run(session, point), "v");
            List<Value> products = Gradients.of(g, projected(g, gradients, directions), x);
            compare("Hessian-vector product", session, values.keySet(), "v", g, products);
        }
    }

    private List<Value> inputs(GraphBuilder g, String prefix) {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < row.inputs().size(); i++) {
            values.add(g.input(prefix + i, row.inputs().get(i).type(row.element())));
        }
        return values;
    }

    private static Map<String, Value> named(String prefix, List<Value> values) {
        Map<String, Value> named = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            named.put(prefix + i, values.get(i));
        }
        return named;
    }

    /** Random weights for every element of some values, as further inputs. */
    private List<Value> projections(
            GraphBuilder g, Map<String, Value> values, Map<String, Tensor> results, String prefix) {
        List<Value> weights = new ArrayList<>();
        values.forEach((name, value) -> {
            Shape shape = get(results, name).shape();
            double[] draws = random.doubles(shape.size(), 0.5, 1.5).toArray();
            String weight = prefix + weights.size();
            point.put(weight, Input.tensor(row.element(), draws, shape));
            weights.add(g.input(weight, value.type()));
        });
        return weights;
    }

    private static Value projected(GraphBuilder g, List<Value> values, List<Value> weights) {
        Value total = g.sum(g.mul(values.get(0), weights.get(0)));
        for (int i = 1; i < values.size(); i++) {
            total = g.add(total, g.sum(g.mul(values.get(i), weights.get(i))));
        }
        return total;
    }

    private static OnnxSession open(GraphBuilder g, Map<String, Value> outputs, Optimization optimization) {
        Graph graph = g.build().prunedTo(outputs);
        SessionOptions options =
                SessionOptions.defaults().withDevice(Device.CPU).withThreads(1).withOptimization(optimization);
        return OnnxSession.open(OnnxWriter.toBytes(graph, Map.of(), Map.of()), options);
    }

    private static Map<String, Tensor> run(OnnxSession session, Map<String, Tensor> tensors) {
        Map<String, Tensor> needed = new LinkedHashMap<>();
        session.inputs().forEach(info -> needed.put(info.name(), get(tensors, info.name())));
        return session.run(needed);
    }

    private static Tensor get(Map<String, Tensor> tensors, String name) {
        return Objects.requireNonNull(tensors.get(name), name);
    }

    private void compare(
            String what,
            OnnxSession function,
            Iterable<String> outputs,
            String weights,
            GraphBuilder g,
            List<Value> derivatives) {
        ToDoubleFunction<Map<String, Tensor>> projection = at -> {
            Map<String, Tensor> results = run(function, at);
            double sum = 0;
            int index = 0;
            for (String output : outputs) {
                sum += dot(get(results, output), get(at, weights + index++));
            }
            return sum;
        };
        List<double[]> expected = new ArrayList<>();
        for (int i = 0; i < row.inputs().size(); i++) {
            expected.add(differences(projection, "x" + i));
        }
        for (Optimization optimization : List.of(Optimization.ALL, Optimization.NONE)) {
            try (OnnxSession session = open(g, named("d", derivatives), optimization)) {
                requireEqual(what + ", optimization " + optimization, run(session, point), expected);
            }
        }
    }

    private void requireEqual(String what, Map<String, Tensor> found, List<double[]> expected) {
        for (int i = 0; i < expected.size(); i++) {
            Tensor derivative = get(found, "d" + i);
            assertThat(derivative.shape())
                    .as("%s: shape of %s of input %d", row, what, i)
                    .isEqualTo(row.inputs().get(i).shape());
            double scale = 1;
            for (double value : expected.get(i)) {
                scale = Math.max(scale, Math.abs(value));
            }
            assertThat(Input.doubles(derivative))
                    .as("%s: %s with respect to input %d", row, what, i)
                    .containsExactly(expected.get(i), within(row.tolerance() * scale));
        }
    }

    private static double dot(Tensor values, Tensor weights) {
        double[] a = Input.doubles(values);
        double[] b = Input.doubles(weights);
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** Derivatives by the five-point stencil, whose error is of fourth order. */
    private double[] differences(ToDoubleFunction<Map<String, Tensor>> function, String input) {
        double step = row.element() == ElementType.FLOAT64 ? 1e-3 : 1.0 / 32;
        double[] values = Input.doubles(get(point, input));
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            double near = at(function, input, values, i, step) - at(function, input, values, i, -step);
            double far = at(function, input, values, i, 2 * step) - at(function, input, values, i, -2 * step);
            result[i] = (8 * near - far) / (12 * step);
        }
        return result;
    }

    private double at(
            ToDoubleFunction<Map<String, Tensor>> function, String input, double[] values, int i, double move) {
        double[] moved = values.clone();
        moved[i] += move;
        Map<String, Tensor> there = new LinkedHashMap<>(point);
        there.put(input, Input.tensor(row.element(), moved, get(point, input).shape()));
        return function.applyAsDouble(there);
    }

    private void assertFinite(Map<String, Tensor> results) {
        results.forEach((name, tensor) -> {
            for (double value : Input.doubles(tensor)) {
                assertThat(value).as("%s: element of %s", row, name).isFinite();
            }
        });
    }
}
