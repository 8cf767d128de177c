package org.menagerie.plugin.overfeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.menagerie.contract.ReferenceStep;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Parameter;
import org.menagerie.graph.Value;
import org.menagerie.graph.gradient.Gradients;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.Tensor;
import org.menagerie.training.Objective;
import org.menagerie.training.data.Column;

/**
 * A training step of the small OverFeat at two scales against PyTorch's with the same weights, which follow a formula: the loss and all
 * gradients. {@code src/test/python/overfeat_step.py} printed the numbers.
 */
class OverFeatPyTorchTest {
    private static final OverFeat.Config CONFIG = new OverFeat.Config(Trunk.SMALL, List.of(0.75, 1.0), 3, 1, 64);
    private static final int PROJECTION = 200_000;
    private static final String GRADIENT = "gradient of ";

    private static final String STEP = """
            loss 326.144
            features.1.weight -86.3673
            features.1.bias 116.856
            features.2.weight -84.5434
            features.2.bias -56.8273
            features.3.weight -3113.97
            features.3.bias 88.343
            classes.0.weight 11.4026
            classes.0.bias -0.169813
            classes.1.weight 8.30889
            classes.1.bias 0.0160932
            classes.out.weight 7.11345
            classes.out.bias -0.718739
            boxes.0.weight -223.289
            boxes.0.bias 42.0035
            boxes.1.weight 657.076
            boxes.1.bias -146.426
            boxes.out.weight -180.912
            boxes.out.bias 70.4812
            """;

    @Test
    void aStepHasPyTorchsLossAndGradients() {
        GraphBuilder g = new GraphBuilder("overfeat", Mode.TRAINING);
        Value loss = Objective.of(new OverFeat(), CONFIG).build(g);
        Map<String, Parameter> parameters = new TreeMap<>(g.parameters());
        Map<String, Value> outputs = new LinkedHashMap<>();
        outputs.put("loss", loss);
        List<String> names = List.copyOf(parameters.keySet());
        List<Value> gradients = Gradients.of(
                g, loss, parameters.values().stream().map(Parameter::value).toList());
        for (int i = 0; i < names.size(); i++) {
            outputs.put(GRADIENT + names.get(i), gradients.get(i));
        }
        Graph graph = g.build().prunedTo(outputs);
        Map<String, Tensor> inputs = new HashMap<>(Parameter.tensors(graph.parameters(), weights(parameters)));
        inputs.put("image", ReferenceStep.tensor(1000, 1, 2, 1, 64, 64));
        inputs.put("boxes", Tensor.of(new float[] {4, 6, 40, 50, 20, 10, 60, 34, 10, 30, 36, 58, 0, 0, 0, 0}, 2, 2, 4));
        inputs.put("box_label", Tensor.of(new long[] {0, 2, 1, -1}, 2, 2));
        SessionOptions options =
                SessionOptions.defaults().withDevice(Device.CPU).withThreads(1);
        Map<String, Tensor> found;
        try (OnnxSession session = OnnxSession.open(OnnxWriter.toBytesWithParametersAsInputs(graph), options)) {
            found = session.run(inputs);
        }
        Map<String, Double> expected = new TreeMap<>();
        STEP.lines()
                .map(line -> line.split(" "))
                .forEach(pair ->
                        expected.put(pair[0].equals("loss") ? pair[0] : GRADIENT + pair[0], Double.valueOf(pair[1])));
        assertThat(expected.keySet()).containsExactlyInAnyOrderElementsOf(outputs.keySet());
        expected.forEach((name, value) -> assertThat(projected(Column.in(found, name)))
                .as(name)
                .isCloseTo(value, within(1e-3 * Math.max(1, Math.abs(value)))));
    }

    private static double projected(Tensor tensor) {
        float[] values = tensor.toFloatArray();
        if (values.length == 1) {
            return values[0];
        }
        float[] formula = ReferenceStep.tensor(PROJECTION, 1, values.length).toFloatArray();
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += (double) values[i] * formula[i];
        }
        return sum;
    }

    /** The weights, which the formula numbers in alphabetical order. */
    private static Map<String, Tensor> weights(Map<String, Parameter> parameters) {
        Map<String, Tensor> weights = new HashMap<>();
        parameters.forEach((name, parameter) -> {
            long[] dims = parameter.value().type().shape().dims();
            double fanIn = parameter.value().type().size().value() / (double) dims[0];
            weights.put(
                    name, ReferenceStep.tensor(weights.size(), dims.length == 1 ? 0.1 : Math.sqrt(6 / fanIn), dims));
        });
        return weights;
    }
}
