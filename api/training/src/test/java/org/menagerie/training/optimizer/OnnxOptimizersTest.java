package org.menagerie.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.training.Golden;
import org.menagerie.training.Objective;
import org.menagerie.training.StepGraph;
import org.menagerie.training.StepRunner;

/**
 * The optimizers against the golden steps of ONNX's training operators (Debian's {@code libonnx-testdata}), all at its
 * iteration 0, our step 1. ONNX's {@code norm_coefficient} is our weight decay, its {@code beta} of Momentum one minus
 * our dampening.
 *
 * <p>ONNX's Adam corrects no bias at iteration 0 and adds ε to the uncorrected root: θ − R·V/(√H + ε). Ours is θ −
 * η·(V/c₁)/(√H/√c₂ + ε′) with c₁ = 1 − β₁ and c₂ = 1 − β₂ at step 1; with ε′ = ε/√c₂ and η = R·c₁/√c₂ the two are the
 * same expression. The vectors of {@code test_adam_multiple} were made with ε = 1e-2, which their model does not state.
 */
final class OnnxOptimizersTest {
    private static final Path DATA = Path.of("/usr/share/libonnx-testdata/data/node");

    private record Step(String folder, Optimizer optimizer, int parameters, List<String> states) {
        double learningRate(double rate) {
            return optimizer instanceof Adam adam ? rate * (1 - adam.beta1()) / Math.sqrt(1 - adam.beta2()) : rate;
        }
    }

    private static Adam adam(double beta1, double beta2, double epsilon) {
        return new Adam(beta1, beta2, epsilon / Math.sqrt(1 - beta2), 1e-3, false);
    }

    static List<Step> steps() {
        List<String> momentum = List.of("momentum");
        List<String> moments = List.of("exp_avg", "exp_avg_sq");
        return List.of(
                new Step("test_adagrad", new AdaGrad(0.1, 0, 1e-5, 1e-3), 1, List.of("sum")),
                new Step("test_adagrad_multiple", new AdaGrad(0.1, 0, 1e-5, 1e-3), 2, List.of("sum")),
                new Step("test_adam", adam(0.95, 0.1, 1e-7), 1, moments),
                new Step("test_adam_multiple", adam(0.95, 0.85, 1e-2), 2, moments),
                new Step("test_momentum", new Sgd(0.95, 0.9, false, 1e-3), 1, momentum),
                new Step("test_momentum_multiple", new Sgd(0.95, 0.15, false, 1e-3), 2, momentum),
                new Step("test_nesterov_momentum", new Sgd(0.95, 0, true, 1e-2), 1, momentum));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void takesOnnxsStep(Step step) throws IOException {
        assumeTrue(Files.isDirectory(DATA.resolve(step.folder)), "libonnx-testdata is not installed");
        List<Tensor> inputs = read(step, "input");
        List<Tensor> parameters = inputs.subList(2, 2 + step.parameters);
        assertThat(inputs.get(1).toLongArray()).as("iteration").containsExactly(0);
        StepGraph training = StepGraph.of(withGradients(parameters), StepGraph.Settings.of(step.optimizer));
        Map<String, Tensor> gradients = new HashMap<>();
        Map<String, Tensor> start = new HashMap<>();
        for (int i = 0; i < step.parameters; i++) {
            gradients.put("g" + i, inputs.get(2 + step.parameters + i));
            for (int part = 0; part <= step.states.size(); part++) {
                int index = 2 + (part == 0 ? 0 : part + 1) * step.parameters + i;
                start.put(name(step, i, part), inputs.get(index));
            }
        }
        List<Tensor> expected = read(step, "output");
        assertThat(expected).hasSize((1 + step.states.size()) * step.parameters);
        try (StepRunner runner = new StepRunner(training, start, Golden.OPTIONS, 1)) {
            runner.step(1, step.learningRate(inputs.get(0).floats().get(0)), gradients);
            for (int k = 0; k < expected.size(); k++) {
                String name = name(step, k % step.parameters, k / step.parameters);
                assertThat(Golden.in(runner.state(), name).toFloatArray())
                        .as(name)
                        .containsExactly(expected.get(k).toFloatArray(), within(1e-6f));
            }
        }
    }

    private static String name(Step step, int parameter, int part) {
        return "x" + parameter + (part == 0 ? "" : "." + step.states.get(part - 1));
    }

    /** Σ x·g, whose gradient is g. */
    private static Objective withGradients(List<Tensor> parameters) {
        return g -> {
            List<Value> terms = new ArrayList<>();
            for (int i = 0; i < parameters.size(); i++) {
                TensorType type =
                        TensorType.of(ElementType.FLOAT32, parameters.get(i).shape());
                Value x = g.parameter("x" + i, type, Initializers.zeros());
                terms.add(g.sum(g.mul(x, g.input("g" + i, type))));
            }
            return g.op("Sum", terms.toArray(Value[]::new));
        };
    }

    private static List<Tensor> read(Step step, String prefix) throws IOException {
        List<Tensor> tensors = new ArrayList<>();
        Path folder = DATA.resolve(step.folder).resolve("test_data_set_0");
        for (int i = 0; Files.exists(folder.resolve(prefix + "_" + i + ".pb")); i++) {
            tensors.add(tensor(TensorProto.parseFrom(Files.readAllBytes(folder.resolve(prefix + "_" + i + ".pb")))));
        }
        return tensors;
    }

    private static Tensor tensor(TensorProto proto) {
        long[] dims = proto.getDimsList().stream().mapToLong(Long::longValue).toArray();
        var bytes = proto.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        if (proto.getDataType() == TensorProto.DataType.INT64.getNumber()) {
            return Tensor.of(new long[] {bytes.getLong()}, dims);
        }
        FloatBuffer floats = bytes.asFloatBuffer();
        float[] values = new float[floats.remaining()];
        floats.get(values);
        return Tensor.of(values, dims);
    }
}
