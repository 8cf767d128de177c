package org.menagerie.graph.onnx;

import static org.menagerie.graph.onnx.Form.until;
import static org.menagerie.graph.onnx.Upgrade.row;
import static org.menagerie.graph.onnx.Upgrade.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Attribute;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** Forms of opsets before ours, by operator. The changes are those of ONNX's {@code Changelog.md}. */
final class OlderForms {
    static final Map<String, List<Form>> TABLE = Upgrade.table(List.of(
            rows(until(12, OlderForms::flattened), "Softmax", "LogSoftmax", "Hardmax"),
            rows(until(12, (up, node) -> up.keep(input(up, node, "axes", 1))), "Squeeze", "Unsqueeze", "ReduceSum"),
            Stream.of(
                    row("Split", until(12, (up, node) -> up.keep(input(up, node, "split", 1)))),
                    row("Slice", until(9, OlderForms::slice)),
                    row("Pad", until(10, OlderForms::pad)),
                    row("Clip", until(10, OlderForms::clip)),
                    row("TopK", until(9, OlderForms::topK)),
                    row("Dropout", until(11, OlderForms::dropout)),
                    row("BatchNormalization", until(13, OlderForms::batchNormalization)),
                    row("Upsample", until(9, OlderForms::upsample)),
                    row(
                            "Resize",
                            until(10, (up, node) -> resize(up, node, node.required(1))),
                            new Form(11, 12, (up, node) -> up.keep(withoutEmpty(node)))),
                    row("Scatter", until(10, (up, node) -> up.keep(node.as("ScatterElements")))),
                    row("RoiAlign", until(15, OlderForms::roiAlign)),
                    row("Scan", until(8, OlderForms::batchedScan)))));

    private OlderForms() {}

    /** What was an attribute is an input now. */
    static SourceNode input(Upgrade up, SourceNode node, String attribute, int place) {
        if (!node.attributes().has(attribute)) {
            return node;
        }
        List<@Nullable Value> inputs = new ArrayList<>(node.inputs());
        while (inputs.size() <= place) {
            inputs.add(null);
        }
        inputs.set(place, up.g().longs(node.attributes().getInts(attribute)));
        return node.without(attribute).withInputs(inputs.toArray(Value[]::new));
    }

    /** Normalised over all axes from {@code axis} on, which was 1 by default, as if they were one. */
    private static List<Value> flattened(Upgrade up, SourceNode node) {
        long axis = node.attributes().getInt("axis", 1);
        Value x = node.required(0);
        if (x.isTyped() && (axis == x.rank() - 1 || axis == -1)) {
            return up.keep(node.with(Attributes.of("axis", -1)));
        }
        Value matrix = up.g().op("Flatten", Attributes.of("axis", axis), x);
        Value result = up.g().op(node.op(), Attributes.of("axis", -1), matrix);
        Value shape = x.isTyped() ? up.g().shapeOf(x) : up.op("Shape", x);
        return up.keep(node.as("Reshape").with(Attributes.NONE).withInputs(result, shape));
    }

    private static List<Value> slice(Upgrade up, SourceNode node) {
        GraphBuilder g = up.g();
        Value axes = node.attributes().has("axes") ? g.longs(node.attributes().getInts("axes")) : null;
        return up.keep(node.with(Attributes.NONE)
                .withInputs(
                        node.in(0),
                        g.longs(node.attributes().getInts("starts")),
                        g.longs(node.attributes().getInts("ends")),
                        axes));
    }

    private static List<Value> pad(Upgrade up, SourceNode node) {
        float value = node.attributes().getFloat("value", 0);
        Value fill = value == 0 ? null : like(up, node.required(0), value);
        return up.keep(node.without("pads")
                .without("value")
                .withInputs(node.in(0), up.g().longs(node.attributes().getInts("pads")), fill));
    }

    private static List<Value> clip(Upgrade up, SourceNode node) {
        Value x = node.required(0);
        Value min = node.attributes().has("min") ? like(up, x, node.attributes().getFloat("min", 0)) : null;
        Value max = node.attributes().has("max") ? like(up, x, node.attributes().getFloat("max", 0)) : null;
        return up.keep(node.with(Attributes.NONE).withInputs(x, min, max));
    }

    /** A number of the element type of another value. */
    private static Value like(Upgrade up, Value x, double value) {
        ElementType element = x.isTyped() ? x.element() : ElementType.FLOAT32;
        if (element == ElementType.FLOAT32 || element == ElementType.FLOAT64) {
            return up.g().scalar(element, value);
        }
        return up.g().op("Cast", Attributes.of("to", element.onnxCode()), up.g().scalar(ElementType.FLOAT32, value));
    }

    private static List<Value> topK(Upgrade up, SourceNode node) {
        Value k = up.g().longs(node.attributes().getInt("k", 1));
        return up.keep(node.without("k").withInputs(node.in(0), k));
    }

    /** The ratio was an attribute; before opset 10 the mask had the input's type. */
    private static List<Value> dropout(Upgrade up, SourceNode node) {
        Value x = node.required(0);
        Value ratio = up.g().scalar(ElementType.FLOAT32, node.attributes().getFloat("ratio", 0.5f));
        SourceNode dropout = node.without("ratio").withInputs(x, ratio);
        if (up.opset() >= 10 || node.outputs().size() < 2) {
            return up.keep(dropout);
        }
        List<Value> outputs = new ArrayList<>(up.keep(dropout));
        outputs.set(1, up.g().op("CastLike", outputs.get(1), x));
        return outputs;
    }

    /**
     * Statistics of the batch were asked for by asking for their outputs; {@code spatial=0} had a mean and variance for
     * every element of an example instead of every channel.
     */
    private static List<Value> batchNormalization(Upgrade up, SourceNode node) {
        if (node.outputs().size() > 1) {
            throw up.refuse(node, "it gives the statistics of a training run; export the model for inference");
        }
        if (node.attributes().getInt("spatial", 1) == 1) {
            return up.keep(node.without("spatial"));
        }
        GraphBuilder g = up.g();
        float epsilon = node.attributes().getFloat("epsilon", 1e-5f);
        Value deviation = up.op("Sqrt", up.op("Add", node.in(4), like(up, node.required(4), epsilon)));
        Value normal = up.op("Div", up.op("Sub", node.in(0), node.in(3)), deviation);
        return up.keep(node.as("Add").with(Attributes.NONE).withInputs(g.op("Mul", normal, node.in(1)), node.in(2)));
    }

    private static List<Value> upsample(Upgrade up, SourceNode node) {
        if (!node.attributes().has("scales")) {
            return resize(up, node, node.required(1));
        }
        float[] scales = floats(node, "scales");
        return resize(up, node.without("scales"), up.g().constant(Tensor.of(scales, scales.length)));
    }

    private static float[] floats(SourceNode node, String attribute) {
        return node.attributes().asMap().get(attribute) instanceof Attribute.Floats floats
                ? floats.values()
                : new float[0];
    }

    /** Before opset 11 an output's place was divided by the scale, and the nearest input was the one below. */
    private static List<Value> resize(Upgrade up, SourceNode node, Value scales) {
        Attributes attributes = node.attributes()
                .with("coordinate_transformation_mode", "asymmetric")
                .with("nearest_mode", "floor");
        if (attributes.getText("mode", "nearest").equals("bilinear")) {
            attributes = attributes.with("mode", "linear");
        }
        return up.keep(node.as("Resize").with(attributes).withInputs(node.in(0), null, scales));
    }

    /** Of scales and sizes, one was an empty tensor where the other was given. */
    private static SourceNode withoutEmpty(SourceNode node) {
        Value[] inputs = new Value[4];
        for (int i = 0; i < 4; i++) {
            Value value = node.in(i);
            boolean empty = i > 1
                    && value != null
                    && value.isTyped()
                    && value.type().size().is(0);
            inputs[i] = empty ? null : value;
        }
        return node.withInputs(inputs);
    }

    private static List<Value> roiAlign(Upgrade up, SourceNode node) {
        return up.keep(node.with(node.attributes().with("coordinate_transformation_mode", "output_half_pixel")));
    }

    /** Opset 8 scanned every example of a batch: now a scan over the batch whose body is the scan. */
    private static List<Value> batchedScan(Upgrade up, SourceNode node) {
        if (node.in(0) != null) {
            throw up.refuse(node, "its examples have lengths of their own");
        }
        GraphBuilder body = up.g().body("each_example");
        List<@Nullable Value> examples = new ArrayList<>();
        for (int i = 1; i < node.inputs().size(); i++) {
            Value batched = node.required(i);
            String name = node.name() + "_example_" + i;
            up.rank(node, i);
            examples.add(body.input(
                    name, batched.type().withDims(batched.type().dims().subList(1, batched.rank()))));
        }
        Attributes attributes = node.attributes().without("directions");
        if (node.attributes().has("directions")) {
            attributes =
                    attributes.with("scan_input_directions", node.attributes().getInts("directions"));
        }
        List<String> names =
                node.outputs().stream().map(output -> output + "_example").toList();
        List<Value> results = body.add("", "Scan", node.name() + "_example", attributes, examples, names, Map.of());
        for (int i = 0; i < results.size(); i++) {
            body.output(names.get(i), results.get(i));
        }
        Attributes outer = Attributes.of("body", body.build()).with("num_scan_inputs", examples.size());
        return up.keep(node.with(outer)
                .withInputs(node.inputs().subList(1, node.inputs().size()).toArray(Value[]::new)));
    }
}
