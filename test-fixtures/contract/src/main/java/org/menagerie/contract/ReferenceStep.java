package org.menagerie.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Noise;
import org.menagerie.graph.Parameter;
import org.menagerie.graph.Value;
import org.menagerie.graph.gradient.Gradients;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.training.Objective;
import org.menagerie.training.Weights;
import org.menagerie.training.data.Column;

/**
 * A training step whose weights, inputs and noise follow a formula, so that another framework can make the same step and
 * its numbers can be written into a test. {@code src/test/python/reference_step.py} of this module makes it with PyTorch.
 *
 * @param numbers the loss, then for an output and for the gradient of each trainable parameter the sum of the elements'
 *     products with the formula's
 */
public record ReferenceStep(Map<String, Double> numbers) {
    private static final String GRADIENT = "gradient of ";
    private static final int NOISE = 100_000;
    private static final int PROJECTION = 200_000;

    public ReferenceStep {
        numbers = new LinkedHashMap<>(numbers);
    }

    /** Makes the step of a classifier: the loss, the logits and the loss's gradients, of a batch. */
    public static <C extends Record> ReferenceStep of(
            Architecture<C> architecture, C config, Map<String, Tensor> batch) {
        return of(architecture, config, batch, "logits");
    }

    /** The same with another output than {@code logits}. */
    public static <C extends Record> ReferenceStep of(
            Architecture<C> architecture, C config, Map<String, Tensor> batch, String output) {
        GraphBuilder g = new GraphBuilder("reference", Mode.TRAINING);
        Value loss = Objective.of(architecture, config).build(g);
        List<Parameter> trained =
                g.parameters().values().stream().filter(Parameter::trainable).toList();
        List<Value> gradients =
                Gradients.of(g, loss, trained.stream().map(Parameter::value).toList());
        Map<String, Value> outputs = new LinkedHashMap<>();
        outputs.put("loss", loss);
        outputs.put(output, g.output(output));
        for (int i = 0; i < trained.size(); i++) {
            outputs.put(GRADIENT + trained.get(i).name(), gradients.get(i));
        }
        Graph graph = g.build().prunedTo(outputs);
        Map<String, Tensor> fed = new HashMap<>(batch);
        List<Noise> noises = graph.noises();
        for (int i = 0; i < noises.size(); i++) {
            fed.put(noises.get(i).value().name(), noise(i, noises.get(i).value(), batch));
        }
        Map<String, Tensor> inputs = Bench.inputsOf(graph, fed);
        inputs.putAll(Parameter.tensors(graph.parameters(), weights(g.build().parameters())));
        Map<String, Tensor> found;
        try (OnnxSession session = OnnxSession.open(OnnxWriter.toBytesWithParametersAsInputs(graph), Bench.OPTIONS)) {
            found = session.run(inputs);
        }
        Map<String, Double> numbers = new LinkedHashMap<>();
        outputs.keySet().forEach(name -> {
            float[] values = Column.in(found, name).toFloatArray();
            double number = name.equals("loss") ? values[0] : projected(numbers.size(), values);
            numbers.put(name.startsWith(GRADIENT) ? name.substring(GRADIENT.length()) : name, number);
        });
        return new ReferenceStep(numbers);
    }

    /** Checks against lines of a name and a number each: the same names, and numbers that differ by a thousandth at most. */
    public void requireEqual(String lines) {
        Map<String, Double> expected = new LinkedHashMap<>();
        lines.lines().map(line -> line.split(" ")).forEach(pair -> expected.put(pair[0], Double.valueOf(pair[1])));
        assertThat(numbers.keySet()).containsExactlyElementsOf(expected.keySet());
        expected.forEach((name, number) -> assertThat(numbers.get(name))
                .as(name)
                .isCloseTo(number, within(1e-3 * Math.max(0.1, Math.abs(number)))));
    }

    /** A tensor of the formula's numbers on [−scale, scale), which differ from one number of the tensor to another. */
    public static Tensor tensor(int number, double scale, long... dims) {
        Tensor tensor = Tensor.allocate(ElementType.FLOAT32, dims);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.floats().put(i, (float) (scale * element(number, i)));
        }
        return tensor;
    }

    /** Returns a number in [−1, 1). The numbers of a tensor follow a formula and show no pattern that matters. */
    private static double element(int number, int index) {
        double x = Math.sin(12.9898 * (index + 1) + 78.233 * (number + 1)) * 43758.5453;
        return 2 * (x - Math.floor(x)) - 1;
    }

    private static double projected(int number, float... values) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * element(PROJECTION + number, i);
        }
        return sum;
    }

    /** Weights of matrices and kernels with variance 2 over their fan-in; scales around 1 and other vectors around 0. */
    private static Map<String, Tensor> weights(Map<String, Parameter> parameters) {
        Map<String, Tensor> weights = new HashMap<>(Weights.initial(parameters, 1));
        int number = 0;
        for (Parameter parameter : parameters.values()) {
            if (!parameter.trainable()) {
                continue;
            }
            long[] dims = parameter.value().type().shape().dims();
            boolean vector = dims.length == 1;
            double fanIn = parameter.value().type().size().value() / (double) dims[0];
            Tensor tensor = tensor(number++, vector ? 0.1 : Math.sqrt(6 / fanIn), dims);
            for (int i = 0; vector && parameter.name().endsWith(".weight") && i < tensor.size(); i++) {
                tensor.floats().put(i, 1 + tensor.floats().get(i));
            }
            weights.put(parameter.name(), tensor);
        }
        return weights;
    }

    /** Noise on [0, 1) in the shape that it takes for a batch. */
    private static Tensor noise(int number, Value noise, Map<String, Tensor> batch) {
        long examples = batch.values().iterator().next().shape().dim(0);
        long[] dims = noise.type().dims().stream()
                .mapToLong(dim -> dim.isFixed() ? dim.value() : examples)
                .toArray();
        Tensor tensor = tensor(NOISE + number, 0.5, dims);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.floats().put(i, 0.5f + tensor.floats().get(i));
        }
        return tensor;
    }
}
