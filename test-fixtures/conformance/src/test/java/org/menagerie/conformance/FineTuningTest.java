package org.menagerie.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Parameter;
import org.menagerie.graph.Value;
import org.menagerie.graph.gradient.Gradients;
import org.menagerie.graph.onnx.OnnxReader;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.graph.transfer.BatchStatistics;
import org.menagerie.graph.transfer.FineTuning;
import org.menagerie.graph.transfer.ParameterChoice;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.spi.Tensor;

/** Imported networks get new heads, and gradients that match a difference along a random direction. */
class FineTuningTest {
    private static final String PADDLE = "ch_ppocr_mobile_v2.0_cls_infer.onnx";

    @Test
    void miniLmTrainsInEveryLayer() throws IOException {
        // Float32 losses of about 2.4 have steps of 2.4e-7: a difference over 1e-3 is good to about 5e-4.
        FineTuning transfer = FineTuning.of(OnnxReader.read(RealModels.file("all-minilm-l6-v2.onnx")))
                .withHead(10);
        assertGradientsMatch(transfer, 1e-3, 2e-3);
    }

    @ParameterizedTest
    @EnumSource(BatchStatistics.class)
    void paddleClassifierTakesTenClasses(BatchStatistics statistics) throws IOException {
        // ReLUs and clipped activations have kinks between the two points.
        FineTuning transfer = FineTuning.of(OnnxReader.read(RealModels.file(PADDLE)))
                .withHead(10)
                .withStatistics(statistics);
        assertGradientsMatch(transfer, 3e-4, 5e-2);
    }

    @Test
    void chosenParametersTrain() throws IOException {
        FineTuning transfer =
                FineTuning.of(OnnxReader.read(RealModels.file(PADDLE))).withHead(10);
        Graph network = transfer.result(1).inference();

        assertThat(network.output(FineTuning.LOGITS).type()).hasToString("f32[N,10]");
        assertThat(ParameterChoice.matching("head.*").of(network)).containsExactly("head.weight", "head.bias");
        assertThat(ParameterChoice.lastLayers(1).of(network)).containsExactly("head.weight", "head.bias");
        assertThat(ParameterChoice.all().of(network)).contains("conv2d_0.w_0").doesNotContain("batch_norm_0.w_1");
        assertThatThrownBy(() -> ParameterChoice.matching("tail.*").of(network))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("tail.*")
                .hasMessageContaining("head.weight");
    }

    @Test
    void aBatchThatIsBuiltInIsRefused() throws IOException {
        FineTuning transfer = FineTuning.of(
                        OnnxReader.read(RealModels.file("face_detection_front_128x128_barracuda.onnx")))
                .withHead(10);
        assertThatThrownBy(() -> transfer.build(Mode.INFERENCE))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("has a batch of 1 built in");
    }

    /**
     * Compares the gradients along a random direction, scaled to each parameter, with differences to either side. With
     * frozen statistics some activations of a trained network stand exactly at a corner: there the two sides differ, and
     * a gradient lies between them.
     */
    private static void assertGradientsMatch(FineTuning transfer, double step, double tolerance) {
        FineTuning.Result result = transfer.result(1);
        GraphBuilder g = transfer.build(Mode.TRAINING);
        Value loss = g.crossEntropy(g.output(FineTuning.LOGITS), g.input("label", "i64[N]"));
        List<Parameter> trained =
                g.parameters().values().stream().filter(Parameter::trainable).toList();
        List<Value> gradients =
                Gradients.of(g, loss, trained.stream().map(Parameter::value).toList());
        Map<String, Value> outputs = new LinkedHashMap<>(Map.of("loss", loss));
        for (int i = 0; i < trained.size(); i++) {
            outputs.put("gradient of " + trained.get(i).name(), gradients.get(i));
        }
        Graph graph = g.build().prunedTo(outputs);
        Map<String, Tensor> inputs = RealModels.inputs(graph);
        graph.parameters()
                .keySet()
                .forEach(name -> inputs.put(name, result.weights().get(name)));
        try (OnnxSession session = OnnxSession.open(OnnxWriter.toBytesWithParametersAsInputs(graph), Runs.CPU)) {
            Map<String, Tensor> found = session.run(inputs);
            Map<String, Tensor> up = new LinkedHashMap<>(inputs);
            Map<String, Tensor> down = new LinkedHashMap<>(inputs);
            Random random = new Random(5);
            double expected = 0;
            for (Parameter parameter : trained) {
                float[] gradient = Objects.requireNonNull(found.get("gradient of " + parameter.name()))
                        .toFloatArray();
                assertThat(gradient).as(parameter.name()).isNotEqualTo(new float[gradient.length]);
                float[] weight =
                        Objects.requireNonNull(inputs.get(parameter.name())).toFloatArray();
                float[] higher = weight.clone();
                float[] lower = weight.clone();
                double size = Math.max(1e-3, rootMeanSquare(weight));
                for (int i = 0; i < weight.length; i++) {
                    double direction = random.nextGaussian() * size;
                    expected += direction * gradient[i];
                    higher[i] += (float) (step * direction);
                    lower[i] -= (float) (step * direction);
                }
                long[] dims = parameter.value().type().shape().dims();
                up.put(parameter.name(), Tensor.of(higher, dims));
                down.put(parameter.name(), Tensor.of(lower, dims));
            }
            double middle = Objects.requireNonNull(found.get("loss")).floats().get(0);
            double forward = (loss(session, up) - middle) / step;
            double backward = (middle - loss(session, down)) / step;
            double slack = tolerance * Math.abs(expected);
            assertThat(expected).isBetween(Math.min(forward, backward) - slack, Math.max(forward, backward) + slack);
        }
    }

    private static double loss(OnnxSession session, Map<String, Tensor> inputs) {
        return Objects.requireNonNull(session.run(inputs, Set.of("loss")).get("loss"))
                .floats()
                .get(0);
    }

    private static double rootMeanSquare(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value * (double) value;
        }
        return Math.sqrt(sum / values.length);
    }
}
