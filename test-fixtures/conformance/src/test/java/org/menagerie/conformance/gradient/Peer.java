package org.menagerie.conformance.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.graph.gradient.Gradients;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** Runs a layer here and in PyTorch on the same random numbers. */
final class Peer {
    private static final float TOLERANCE = 2e-5f;

    private Peer() {}

    /** PyTorch's side, over parameters with our names. */
    @FunctionalInterface
    interface Theirs {
        NDArray run(NDManager manager, NDArray x, Map<String, NDArray> parameters);
    }

    /** Compares the output, and the gradients of input and parameters for random gradients of the output. */
    static void compare(long[] shape, GradientCase.Unary ours, Theirs theirs) {
        SplittableRandom random = new SplittableRandom(11);
        GraphBuilder g = new GraphBuilder("layer", Mode.TRAINING);
        Value x = g.input("x", TensorType.of(ElementType.FLOAT32, shape));
        Value y = ours.build(g, x);
        Map<String, Tensor> values = new LinkedHashMap<>();
        values.put("x", random(random, shape));
        List<Value> with = new ArrayList<>(List.of(x));
        g.parameters().forEach((name, parameter) -> {
            with.add(parameter.value());
            values.put(name, random(random, parameter.value().type().shape().dims()));
        });
        Value slopes = g.input("slopes", y.type());
        Tensor dy = random(random, y.type().shape().dims());
        List<Value> gradients = Gradients.of(g, g.sum(g.mul(y, slopes)), with);
        g.output("y", y);
        for (int i = 0; i < with.size(); i++) {
            g.output("gradient of " + with.get(i).name(), gradients.get(i));
        }
        Map<String, Tensor> fed = new LinkedHashMap<>(values);
        fed.put("slopes", dy);
        Map<String, Tensor> found;
        SessionOptions options =
                SessionOptions.defaults().withDevice(Device.CPU).withThreads(1);
        try (OnnxSession session = OnnxSession.open(OnnxWriter.toBytesWithParametersAsInputs(g.build()), options)) {
            Map<String, Tensor> needed = new LinkedHashMap<>();
            session.inputs().forEach(info -> needed.put(info.name(), Objects.requireNonNull(fed.get(info.name()))));
            found = session.run(needed);
        }
        requireEqual(found, inPyTorch(values, dy, theirs));
    }

    private static void requireEqual(Map<String, Tensor> found, Map<String, float[]> expected) {
        assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        expected.forEach((name, reference) -> {
            float[] ours = Objects.requireNonNull(found.get(name)).toFloatArray();
            assertThat(ours).as(name).hasSameSizeAs(reference);
            float scale = 1;
            float worst = 0;
            boolean finite = true;
            for (int i = 0; i < reference.length; i++) {
                finite &= Float.isFinite(reference[i]);
                scale = Math.max(scale, Math.abs(reference[i]));
                worst = Math.max(worst, Math.abs(ours[i] - reference[i]));
            }
            assertThat(finite).as("PyTorch's %s is finite", name).isTrue();
            assertThat(worst).as("difference of " + name).isLessThanOrEqualTo(TOLERANCE * scale);
        });
    }

    private static Map<String, float[]> inPyTorch(Map<String, Tensor> values, Tensor dy, Theirs theirs) {
        Map<String, float[]> results = new LinkedHashMap<>();
        try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            Map<String, NDArray> arrays = new LinkedHashMap<>();
            values.forEach((name, tensor) -> {
                NDArray array = array(manager, tensor);
                array.setRequiresGradient(true);
                arrays.put(name, array);
            });
            NDArray y = theirs.run(manager, get(arrays, "x"), arrays);
            results.put("y", y.toFloatArray());
            collector.backward(y.mul(array(manager, dy)).sum());
            arrays.forEach((name, array) ->
                    results.put("gradient of " + name, array.getGradient().toFloatArray()));
        }
        return results;
    }

    private static NDArray array(NDManager manager, Tensor tensor) {
        return manager.create(tensor.toFloatArray(), new Shape(tensor.shape().dims()));
    }

    private static Tensor random(SplittableRandom random, long... shape) {
        Tensor tensor = Tensor.allocate(ElementType.FLOAT32, shape);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.floats().put(i, (float) random.nextDouble(-1, 1));
        }
        return tensor;
    }

    static NDArray get(Map<String, NDArray> arrays, String name) {
        return Objects.requireNonNull(arrays.get(name), name);
    }
}
