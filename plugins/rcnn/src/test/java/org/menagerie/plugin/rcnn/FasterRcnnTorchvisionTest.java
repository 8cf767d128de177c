package org.menagerie.plugin.rcnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;
import org.menagerie.training.Objective;
import org.menagerie.training.data.Column;

/**
 * The pyramid's detector against torchvision's with the same weights, which follow a formula: the objects it finds, and the losses and
 * gradients of a step. {@code src/test/python/faster_rcnn.py} printed the numbers.
 */
class FasterRcnnTorchvisionTest {
    private static final int SIZE = 256;
    private static final FasterRcnn.Config CONFIG = new FasterRcnn.Config(
            Backbone.RESNET50_FPN,
            false,
            List.of(32, 64, 128, 192, 256),
            60,
            40,
            16,
            FasterRcnn.Cut.ALIGN,
            32,
            .05,
            3,
            3,
            SIZE);
    private static final String GRADIENT = "gradient of ";
    private static final int NOISE = 100_000;
    private static final int PROJECTION = 200_000;
    private static final int ROOM = 2 * CONFIG.proposals();

    /** Left, top, right, bottom, score and class of the eight best objects of two pictures. */
    private static final String OBJECTS = """
            142.464 31.377 201.062 68.132 0.48171 2
            220.561 0.000 254.468 40.562 0.48003 2
            119.675 101.679 171.241 153.281 0.47638 2
            139.588 127.892 194.598 167.439 0.47528 2
            219.167 176.755 254.327 229.263 0.47492 2
            17.150 8.352 76.547 51.055 0.47349 2
            72.474 103.340 130.960 152.596 0.47220 2
            15.347 72.074 72.374 116.350 0.47006 2
            68.573 54.768 136.221 100.518 0.48764 2
            140.588 0.000 202.084 31.782 0.48740 2
            126.980 138.984 181.079 181.439 0.48572 2
            98.251 100.336 157.775 146.528 0.48507 2
            38.470 124.005 93.215 164.824 0.48024 2
            21.444 0.000 74.217 28.053 0.47764 2
            164.621 131.391 217.957 177.823 0.47482 2
            126.816 117.021 180.226 157.104 0.47422 2
            """;

    private static final String STEP = """
            objectness_loss 0.767305
            proposal_box_loss 0.00847093
            class_loss 1.94507
            box_loss 0.0631511
            backbone.body.conv1.weight 0.0772349
            backbone.body.layer1.0.conv1.weight -0.0513573
            backbone.body.layer2.0.conv1.weight 0.004594
            backbone.fpn.inner_blocks.0.0.weight 0.249581
            backbone.fpn.inner_blocks.0.0.bias -0.191206
            backbone.fpn.inner_blocks.1.0.bias -0.196831
            backbone.fpn.inner_blocks.2.0.bias -0.197588
            backbone.fpn.inner_blocks.3.0.bias -0.199078
            backbone.fpn.layer_blocks.0.0.bias -0.152642
            backbone.fpn.layer_blocks.1.0.bias -0.00675232
            backbone.fpn.layer_blocks.2.0.bias 0.00859283
            backbone.fpn.layer_blocks.3.0.bias 0.000789891
            rpn.head.conv.0.0.bias -0.160973
            rpn.head.cls_logits.weight -0.50844
            rpn.head.cls_logits.bias -0.281817
            rpn.head.bbox_pred.weight -0.00967249
            rpn.head.bbox_pred.bias -0.0128155
            roi_heads.box_head.fc6.bias -0.330911
            roi_heads.box_head.fc7.weight -1.57281
            roi_heads.box_head.fc7.bias -0.211262
            roi_heads.box_predictor.cls_score.weight 0.285903
            roi_heads.box_predictor.cls_score.bias 0.093748
            roi_heads.box_predictor.bbox_pred.weight -0.0555449
            roi_heads.box_predictor.bbox_pred.bias 0.0349988
            """;

    @Test
    void findsTorchvisionsObjects() {
        GraphBuilder g = new GraphBuilder("detector", Mode.INFERENCE);
        new FasterRcnn().build(g, CONFIG);
        Map<String, Tensor> found = run(g.build(), Map.of("image", image()));
        float[] boxes = Column.in(found, "objects").toFloatArray();
        float[] scores = Column.in(found, "object_score").toFloatArray();
        Tensor labels = Column.in(found, "object_label");
        List<String> lines = OBJECTS.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String[] expected = lines.get(i).split(" ");
            int row = i / 8 * 100 + i % 8;
            for (int corner = 0; corner < 4; corner++) {
                assertThat(boxes[4 * row + corner])
                        .as("corner %d of object %d", corner, i)
                        .isCloseTo(Float.parseFloat(expected[corner]), within(2e-3f));
            }
            assertThat(scores[row]).as("score %d", i).isCloseTo(Float.parseFloat(expected[4]), within(1e-4f));
            assertThat(labels.longs().get(row)).as("class %d", i).isEqualTo(Long.parseLong(expected[5]));
        }
    }

    @Test
    void aStepHasTorchvisionsLossesAndGradients() {
        GraphBuilder g = new GraphBuilder("step", Mode.TRAINING);
        Value loss = Objective.of(new FasterRcnn(), CONFIG).build(g);
        Map<String, Value> outputs = new LinkedHashMap<>();
        Map<String, Value> asked = new LinkedHashMap<>();
        Map<String, Double> expected = new LinkedHashMap<>();
        STEP.lines().map(line -> line.split(" ")).forEach(pair -> {
            expected.put(pair[0], Double.valueOf(pair[1]));
            Parameter parameter = g.parameters().get(pair[0]);
            if (parameter == null) {
                outputs.put(pair[0], g.output(pair[0]));
            } else {
                asked.put(pair[0], parameter.value());
            }
        });
        List<Value> gradients = Gradients.of(g, loss, List.copyOf(asked.values()));
        int number = 0;
        for (String name : asked.keySet()) {
            outputs.put(GRADIENT + name, gradients.get(number++));
        }
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put("image", image());
        inputs.put(
                "boxes",
                Tensor.of(new float[] {20, 30, 130, 150, 100, 40, 240, 110, 60, 90, 200, 250, 0, 0, 0, 0}, 2, 2, 4));
        inputs.put("box_label", Tensor.of(new long[] {0, 2, 1, -1}, 2, 2));
        Graph graph = g.build().prunedTo(outputs);
        for (int i = 0; i < graph.noises().size(); i++) {
            Value noise = graph.noises().get(i).value();
            long width = noise.type().dim(1).isFixed() ? noise.type().dim(1).value() : ROOM + 2L;
            Tensor tensor = ReferenceStep.tensor(NOISE + i, .5, 2, width);
            for (int k = 0; k < tensor.size(); k++) {
                tensor.floats().put(k, .5f + tensor.floats().get(k));
            }
            inputs.put(noise.name(), tensor);
        }
        Map<String, Tensor> found = run(graph, inputs);
        expected.forEach((name, value) -> assertThat(number(name, found))
                .as(name)
                .isCloseTo(value, within(1e-3 * Math.max(0.03, Math.abs(value)))));
    }

    private static double number(String name, Map<String, Tensor> found) {
        float[] values = Column.in(found, found.containsKey(name) ? name : GRADIENT + name)
                .toFloatArray();
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

    private static Tensor image() {
        return ReferenceStep.tensor(1000, 1, 2, 3, SIZE, SIZE);
    }

    private static Map<String, Tensor> run(Graph graph, Map<String, Tensor> inputs) {
        Map<String, Tensor> fed = new HashMap<>(Parameter.tensors(graph.parameters(), weights()));
        graph.inputs().forEach(input -> fed.put(input.name(), Objects.requireNonNull(inputs.get(input.name()))));
        SessionOptions options =
                SessionOptions.defaults().withDevice(Device.CPU).withThreads(2);
        try (OnnxSession session = OnnxSession.open(OnnxWriter.toBytesWithParametersAsInputs(graph), options)) {
            return session.run(fed);
        }
    }

    /** The weights of all names, which the formula numbers in alphabetical order. */
    private static Map<String, Tensor> weights() {
        GraphBuilder g = new GraphBuilder("detector", Mode.INFERENCE);
        new FasterRcnn().build(g, CONFIG);
        Map<String, Tensor> weights = new HashMap<>();
        int number = 0;
        for (Parameter parameter : new TreeMap<>(g.parameters()).values()) {
            Shape shape = parameter.value().type().shape();
            long[] dims = shape.dims();
            boolean vector = dims.length == 1;
            double scale = vector ? .1 : Math.sqrt(3 * (double) dims[0] / parameter.size());
            Tensor tensor = ReferenceStep.tensor(number++, scale, dims);
            float middle = vector ? middle(parameter.name()) : 0;
            for (int i = 0; middle > 0 && i < tensor.size(); i++) {
                tensor.floats().put(i, middle + tensor.floats().get(i));
            }
            weights.put(parameter.name(), tensor);
        }
        return weights;
    }

    private static float middle(String name) {
        if (name.endsWith("running_var") || name.endsWith("bn1.weight")) {
            return 1;
        }
        boolean normal = name.contains(".bn") || name.contains("downsample.1");
        return normal && name.endsWith(".weight") ? .5f : 0;
    }
}
