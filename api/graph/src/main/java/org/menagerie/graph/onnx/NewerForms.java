package org.menagerie.graph.onnx;

import static org.menagerie.graph.onnx.Form.since;
import static org.menagerie.graph.onnx.Upgrade.row;
import static org.menagerie.graph.onnx.Upgrade.rows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** Forms of opsets after ours, by operator. The changes are those of ONNX's {@code Changelog.md}. */
final class NewerForms {
    static final Map<String, List<Form>> TABLE = Upgrade.table(List.of(
            rows(
                    since(18, NewerForms::reduce),
                    "ReduceMean",
                    "ReduceMax",
                    "ReduceMin",
                    "ReduceProd",
                    "ReduceL1",
                    "ReduceL2",
                    "ReduceSumSquare",
                    "ReduceLogSum",
                    "ReduceLogSumExp"),
            rows(since(18, NewerForms::scatter), "ScatterElements", "ScatterND"),
            rows(since(18, NewerForms::pool), "AveragePool", "LpPool"),
            rows(since(19, NewerForms::cast), "Cast", "CastLike"),
            rows(since(19, NewerForms::quantized), "QuantizeLinear", "DequantizeLinear"),
            rows(
                    since(18, (up, node) -> {
                        throw up.refuse(node, "our opset has no such operator");
                    }),
                    "BitwiseAnd",
                    "BitwiseOr",
                    "BitwiseXor",
                    "BitwiseNot",
                    "CenterCropPad",
                    "Col2Im",
                    "DeformConv",
                    "AffineGrid",
                    "ImageDecoder",
                    "RegexFullMatch",
                    "StringConcat",
                    "StringSplit"),
            Stream.of(
                    row("Split", since(18, NewerForms::split)),
                    row("Pad", since(18, NewerForms::pad)),
                    row("Resize", since(18, NewerForms::resize)),
                    row("Mish", since(18, NewerForms::mish)),
                    row("OptionalHasElement", since(18, NewerForms::optional)),
                    row("OptionalGetElement", since(18, NewerForms::optional)),
                    row(
                            "GroupNormalization",
                            new Form(18, 20, NewerForms::groupNormalizationByGroup),
                            since(21, NewerForms::groupNormalizationByChannel)),
                    row("Gelu", since(20, NewerForms::gelu)),
                    row("GridSample", since(20, NewerForms::gridSample)),
                    row("DFT", since(20, NewerForms::dft)))));

    private NewerForms() {}

    /** The axes were an attribute; and no axes may now mean none instead of all. */
    private static List<Value> reduce(Upgrade up, SourceNode node) {
        Value x = node.required(0);
        long[] axes = node.in(1) == null ? new long[0] : up.numbers(node, 1, "its axes");
        boolean noop = node.attributes().getFlag("noop_with_empty_axes");
        if (axes.length == 0 && noop) {
            return up.keep(node.as("Identity").with(Attributes.NONE).withInputs(x));
        }
        Attributes attributes = node.attributes().without("noop_with_empty_axes");
        SourceNode reduced = node.with(axes.length == 0 ? attributes : attributes.with("axes", axes))
                .withInputs(x);
        return x.isTyped() && x.element() == ElementType.BOOL ? reduceTruth(up, reduced) : up.keep(reduced);
    }

    private static List<Value> reduceTruth(Upgrade up, SourceNode node) {
        Value number = up.g().cast(node.required(0), ElementType.INT32);
        Value reduced = up.g().op(node.op(), node.attributes(), number);
        return up.keep(cast(node, reduced, ElementType.BOOL));
    }

    private static SourceNode cast(SourceNode node, Value value, ElementType to) {
        return node.as("Cast").with(Attributes.of("to", to.onnxCode())).withInputs(value);
    }

    private static List<Value> scatter(Upgrade up, SourceNode node) {
        String reduction = node.attributes().getText("reduction", "none");
        if (reduction.equals("max") || reduction.equals("min")) {
            throw up.refuse(node, "our opset has no reduction '%s'".formatted(reduction));
        }
        return up.keep(node);
    }

    private static List<Value> pool(Upgrade up, SourceNode node) {
        requireAll(up, node, "dilations", 1);
        SourceNode kept = node.without("dilations");
        if (!node.is("LpPool")) {
            return up.keep(kept);
        }
        if (node.attributes().getFlag("ceil_mode")) {
            throw up.refuse(node, "our opset's LpPool has no ceil_mode");
        }
        return up.keep(kept.without("ceil_mode"));
    }

    private static void requireAll(Upgrade up, SourceNode node, String attribute, long value) {
        if (Arrays.stream(node.attributes().getInts(attribute)).anyMatch(element -> element != value)) {
            throw up.refuse(node, "our opset has no %s other than %d for it".formatted(attribute, value));
        }
    }

    /** Saturation concerns 8-bit floating point only, which is refused as an element type. */
    private static List<Value> cast(Upgrade up, SourceNode node) {
        return up.keep(node.without("saturate"));
    }

    private static List<Value> quantized(Upgrade up, SourceNode node) {
        if (node.attributes().getInt("block_size", 0) != 0) {
            throw up.refuse(node, "our opset has no quantisation by blocks");
        }
        SourceNode kept = node.without("saturate").without("block_size").without("output_dtype");
        long type = node.attributes().getInt("output_dtype", 0);
        if (type == 0 || node.in(2) != null) {
            return up.keep(kept);
        }
        Value zero = up.g().cast(up.g().fullLike(node.required(1), 0), ElementType.ofOnnxCode((int) type));
        return up.keep(kept.withInputs(node.in(0), node.in(1), zero));
    }

    /** Equal parts by their number, of which the last may be smaller. */
    private static List<Value> split(Upgrade up, SourceNode node) {
        if (!node.attributes().has("num_outputs")) {
            return up.keep(node);
        }
        GraphBuilder g = up.g();
        SourceNode kept = node.without("num_outputs");
        long parts = node.attributes().getInt("num_outputs", 1);
        if (parts < node.outputs().size() || parts > 1 << 16) {
            throw up.refuse(
                    node,
                    "it has %d outputs and num_outputs=%d"
                            .formatted(node.outputs().size(), parts));
        }
        Value x = node.required(0);
        int axis = (int) node.attributes().getInt("axis", 0);
        up.rank(node, 0);
        List<String> outputs = new ArrayList<>(node.outputs());
        while (outputs.size() < parts) {
            outputs.add("");
        }
        Value extent = g.reshape(g.extent(x, axis), 1);
        Value part = g.op("Div", g.op("Add", extent, g.longs(parts - 1)), g.longs(parts));
        Value last = g.op("Sub", extent, g.op("Mul", part, g.longs(parts - 1)));
        List<Value> sizes = new ArrayList<>(java.util.Collections.nCopies((int) parts - 1, part));
        sizes.add(last);
        SourceNode whole = new SourceNode(
                "", "Split", node.name(), kept.attributes(), List.of(x, known(g, g.concat(0, sizes))), outputs);
        return up.keep(whole);
    }

    /** A constant where the elements of a computed vector are known. */
    private static Value known(GraphBuilder g, Value vector) {
        return vector.contents()
                .filter(dims -> dims.stream().allMatch(dim -> dim.isFixed()))
                .map(dims -> g.longs(dims.stream().mapToLong(dim -> dim.value()).toArray()))
                .orElse(vector);
    }

    /** Padding may name the axes that it is for. */
    private static List<Value> pad(Upgrade up, SourceNode node) {
        if (node.attributes().getText("mode", "constant").equals("wrap")) {
            throw up.refuse(node, "our opset has no mode 'wrap'");
        }
        if (node.in(3) == null) {
            return up.keep(node);
        }
        int rank = up.rank(node, 0);
        long[] axes = up.numbers(node, 3, "its axes");
        long[] given = up.numbers(node, 1, "its pads");
        long[] pads = new long[2 * rank];
        for (int i = 0; i < axes.length; i++) {
            int axis = (int) (axes[i] < 0 ? axes[i] + rank : axes[i]);
            pads[axis] = given[i];
            pads[axis + rank] = given[i + axes.length];
        }
        return up.keep(node.withInputs(node.in(0), up.g().longs(pads), node.in(2)));
    }

    /** Scales or sizes may be for some axes only, and sizes may be bounds that keep the aspect ratio. */
    private static List<Value> resize(Upgrade up, SourceNode node) {
        Attributes attributes = node.attributes();
        String mode = attributes.getText("coordinate_transformation_mode", "half_pixel");
        if (attributes.getFlag("antialias") || mode.equals("half_pixel_symmetric")) {
            throw up.refuse(node, attributes.getFlag("antialias") ? "it smooths (antialias)" : "its mode is " + mode);
        }
        SourceNode kept = node.without("antialias").without("axes").without("keep_aspect_ratio_policy");
        int rank = attributes.has("axes") || node.in(3) != null ? up.rank(node, 0) : 0;
        long[] every = IntStream.range(0, rank).asLongStream().toArray();
        long[] axes = Arrays.stream(attributes.getInts("axes", every))
                .map(axis -> axis < 0 ? axis + rank : axis)
                .toArray();
        String policy = attributes.getText("keep_aspect_ratio_policy", "stretch");
        if (!policy.equals("stretch") && node.in(3) != null) {
            return up.keep(kept.withInputs(node.in(0), null, commonScale(up, node, axes, policy)));
        }
        if (axes.length == rank) {
            return up.keep(kept);
        }
        if (mode.equals("tf_crop_and_resize")) {
            throw up.refuse(node, "it crops some axes only");
        }
        Value scales = node.in(2) == null ? null : scalesOfAllAxes(up, node, axes, rank);
        Value sizes = node.in(3) == null ? null : sizesOfAllAxes(up, node, axes);
        return up.keep(kept.withInputs(node.in(0), null, scales, sizes));
    }

    private static Value scalesOfAllAxes(Upgrade up, SourceNode node, long[] axes, int rank) {
        float[] given = node.required(2)
                .constant()
                .map(Tensor::toFloatArray)
                .orElseThrow(() -> up.refuse(node, "its scales must be constant"));
        float[] scales = new float[rank];
        Arrays.fill(scales, 1);
        for (int i = 0; i < axes.length; i++) {
            scales[(int) axes[i]] = given[i];
        }
        return up.g().constant(Tensor.of(scales, rank));
    }

    private static Value sizesOfAllAxes(Upgrade up, SourceNode node, long[] axes) {
        GraphBuilder g = up.g();
        Value shape = g.shapeOf(node.required(0));
        return known(g, g.op("ScatterElements", Attributes.of("axis", 0), shape, g.longs(axes), node.required(3)));
    }

    /**
     * One scale for all axes, the smallest or largest that the bounds allow. Extents were rounded; our opset rounds them
     * down, and takes sizes only with scales of their own.
     */
    private static Value commonScale(Upgrade up, SourceNode node, long[] axes, String policy) {
        Value x = node.required(0);
        if (!x.type().isFixed()) {
            throw up.refuse(node, "it keeps the aspect ratio of an input of unknown extents");
        }
        long[] bounds = up.numbers(node, 3, "its sizes");
        boolean within = policy.equals("not_larger");
        float scale = within ? Float.POSITIVE_INFINITY : 0;
        for (int i = 0; i < axes.length; i++) {
            float ratio = bounds[i] / (float) x.dim((int) axes[i]).value();
            scale = within ? Math.min(scale, ratio) : Math.max(scale, ratio);
        }
        float[] scales = new float[x.rank()];
        Arrays.fill(scales, 1);
        for (long axis : axes) {
            float extent = scale * x.dim((int) axis).value();
            if (Math.floor(extent) != Math.floor(extent + 0.5)) {
                throw up.refuse(node, "it rounds the extent %s of axis %d up".formatted(extent, axis));
            }
            scales[(int) axis] = scale;
        }
        return up.g().constant(Tensor.of(scales, scales.length));
    }

    private static List<Value> mish(Upgrade up, SourceNode node) {
        Value gate = up.op("Tanh", up.op("Softplus", node.in(0)));
        return up.keep(node.as("Mul").withInputs(node.in(0), gate));
    }

    /** Opset 18 also takes tensors that are not optional; of those there is nothing to tell. */
    private static List<Value> optional(Upgrade up, SourceNode node) {
        Value x = node.in(0);
        if (x == null || x.isTyped()) {
            if (node.is("OptionalGetElement") && x != null) {
                return up.keep(node.as("Identity"));
            }
            return List.of(up.g().constant(Tensor.of(new boolean[] {x != null})));
        }
        return up.keep(node);
    }

    /** Opset 18: a scale and bias for every group, as an instance normalisation of [N, groups, rest] has them. */
    private static List<Value> groupNormalizationByGroup(Upgrade up, SourceNode node) {
        Value normal = up.g().op("InstanceNormalization", epsilon(node), groups(up, node), node.in(1), node.in(2));
        return up.keep(reshapedLike(up, node, normal));
    }

    /** Opset 21: a scale and bias for every channel. */
    private static List<Value> groupNormalizationByChannel(Upgrade up, SourceNode node) {
        GraphBuilder g = up.g();
        Value x = node.required(0);
        int groups = (int) node.attributes().getInt("num_groups", 1);
        Value ones = g.constant(filled(x.element(), groups, 1));
        Value zeros = g.constant(filled(x.element(), groups, 0));
        Value normal = g.op("InstanceNormalization", epsilon(node), groups(up, node), ones, zeros);
        Value scaled = g.op("Mul", g.reshapeLike(normal, x), g.along(node.required(1), 0, x.rank() - 1));
        Value bias = g.along(node.required(2), 0, x.rank() - 1);
        return up.keep(node.as("Add").with(Attributes.NONE).withInputs(scaled, bias));
    }

    private static Tensor filled(ElementType element, int size, int value) {
        Tensor tensor = Tensor.allocate(element, size);
        if (value == 0) {
            return tensor;
        }
        if (element != ElementType.FLOAT32) {
            throw new IllegalArgumentException(
                    "group normalisation of %s is not supported".formatted(element.shortName()));
        }
        for (int i = 0; i < size; i++) {
            tensor.floats().put(i, value);
        }
        return tensor;
    }

    private static Attributes epsilon(SourceNode node) {
        return Attributes.of("epsilon", node.attributes().getFloat("epsilon", 1e-5f));
    }

    private static Value groups(Upgrade up, SourceNode node) {
        up.rank(node, 0);
        return up.g().reshape(node.required(0), 0, node.attributes().getInt("num_groups", 1), -1);
    }

    private static SourceNode reshapedLike(Upgrade up, SourceNode node, Value value) {
        return node.as("Reshape").with(Attributes.NONE).withInputs(value, up.g().shapeOf(node.required(0)));
    }

    private static List<Value> gelu(Upgrade up, SourceNode node) {
        Value x = node.required(0);
        if (node.attributes().getText("approximate", "none").equals("none")) {
            return up.keep(new SourceNode(
                    "com.microsoft", "Gelu", node.name(), Attributes.NONE, node.inputs(), node.outputs()));
        }
        GraphBuilder g = up.g();
        ElementType element = x.isTyped() ? x.element() : ElementType.FLOAT32;
        Value cube = g.op("Mul", x, g.op("Mul", x, x));
        Value inner = g.op("Add", x, g.op("Mul", cube, g.scalar(element, 0.044715)));
        Value tanh = g.op("Tanh", g.op("Mul", inner, g.scalar(element, Math.sqrt(2 / Math.PI))));
        Value half = g.op("Mul", x, g.scalar(element, 0.5));
        return up.keep(node.as("Mul").with(Attributes.NONE).withInputs(half, g.op("Add", tanh, g.scalar(element, 1))));
    }

    /** The modes have other names now, and there may be three spatial axes. */
    private static List<Value> gridSample(Upgrade up, SourceNode node) {
        if (up.rank(node, 0) != 4) {
            throw up.refuse(node, "our opset samples images only, not volumes");
        }
        String mode = node.attributes().getText("mode", "linear");
        String ours = mode.equals("linear") ? "bilinear" : mode.equals("cubic") ? "bicubic" : mode;
        return up.keep(node.with(node.attributes().with("mode", ours)));
    }

    private static List<Value> dft(Upgrade up, SourceNode node) {
        @Nullable Value axisInput = node.in(2);
        long axis = axisInput == null ? -2 : up.numbers(node, 2, "its axis")[0];
        int rank = up.rank(node, 0);
        return up.keep(node.with(node.attributes().with("axis", axis < 0 ? axis + rank : axis))
                .withInputs(node.in(0), node.in(1)));
    }
}
