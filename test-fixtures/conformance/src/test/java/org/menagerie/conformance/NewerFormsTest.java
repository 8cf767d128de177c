package org.menagerie.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.menagerie.graph.GraphException;
import org.menagerie.spi.Tensor;

/** Forms newer than our opset give on ONNX Runtime, which runs them itself, what they give once they are ours. */
class NewerFormsTest {
    /**
     * A node on {@code x f32[2,4,5,6]}.
     *
     * @param inputs after x: a long[] or float[] for a constant vector, null for none
     * @param attributes name and value in turns: Long, Float, String or long[]
     */
    record Case(String op, int opset, int outputs, List<Object> inputs, Object... attributes) {
        @Override
        public String toString() {
            return op + " " + opset + " " + Arrays.deepToString(attributes);
        }
    }

    private static final Object NONE = "";

    private static Case of(String op, int opset, List<Object> inputs, Object... attributes) {
        return new Case(op, opset, 1, inputs, attributes);
    }

    static Stream<Case> expressible() {
        List<Object> axes = List.of(new long[] {1, -1});
        return Stream.of(
                of("ReduceMean", 18, axes, "keepdims", 0L),
                of("ReduceMax", 20, axes),
                of("ReduceL2", 18, axes),
                of("ReduceLogSumExp", 18, List.of()),
                of("ReduceMin", 18, List.of(), "noop_with_empty_axes", 1L),
                new Case("Split", 18, 2, List.of(), "axis", 2L, "num_outputs", 2L),
                new Case("Split", 18, 3, List.of(), "axis", 3L, "num_outputs", 3L),
                of("Pad", 18, List.of(new long[] {1, 2, 0, 1}, NONE, new long[] {-1, 2})),
                of("Pad", 19, List.of(new long[] {0, 0, 1, 1, 0, 0, 1, 2}), "mode", "reflect"),
                of("Resize", 18, List.of(NONE, new float[] {2, 1.5f}), "axes", new long[] {2, 3}, "mode", "linear"),
                of("Resize", 19, List.of(NONE, NONE, new long[] {7, 9}), "axes", new long[] {3, 2}),
                of(
                        "Resize",
                        18,
                        List.of(NONE, NONE, new long[] {7, 11}),
                        "axes",
                        new long[] {2, 3},
                        "keep_aspect_ratio_policy",
                        "not_larger"),
                of(
                        "Resize",
                        18,
                        List.of(NONE, NONE, new long[] {7, 11}),
                        "axes",
                        new long[] {2, 3},
                        "keep_aspect_ratio_policy",
                        "not_smaller"),
                of("Mish", 18, List.of()),
                of("Gelu", 20, List.of()),
                of("Gelu", 20, List.of(), "approximate", "tanh"),
                of("GroupNormalization", 21, List.of(ramp(4), ramp(4)), "num_groups", 2L),
                of("AveragePool", 19, List.of(), "kernel_shape", new long[] {2, 2}, "dilations", new long[] {1, 1}),
                of("Cast", 19, List.of(), "to", 11L, "saturate", 1L));
    }

    private static float[] ramp(int size) {
        float[] ramp = new float[size];
        for (int i = 0; i < size; i++) {
            ramp[i] = 1 + i / 2f;
        }
        return ramp;
    }

    @ParameterizedTest
    @MethodSource("expressible")
    void givesTheSame(Case form) {
        Tensor x = Tensor.allocate(org.menagerie.spi.ElementType.FLOAT32, 2, 4, 5, 6);
        Random random = new Random(7);
        for (int i = 0; i < x.size(); i++) {
            x.floats().put(i, (float) random.nextGaussian());
        }
        byte[] original = model(form);

        Map<String, Tensor> expected = Runs.run(original, Map.of("x", x));
        Map<String, Tensor> found = Runs.run(Runs.rewritten(original), Map.of("x", x));

        assertThat(found).containsOnlyKeys(expected.keySet());
        expected.forEach((name, tensor) -> Close.require(Objects.requireNonNull(found.get(name)), tensor, 1e-5, 1e-5));
    }

    static Stream<Case> inexpressible() {
        return Stream.of(
                of("BitwiseNot", 18, List.of()),
                of("Resize", 18, List.of(NONE, new float[] {1, 1, .5f, .5f}), "antialias", 1L, "mode", "linear"),
                of("Pad", 19, List.of(new long[] {0, 0, 1, 1, 0, 0, 1, 1}), "mode", "wrap"),
                of("AveragePool", 19, List.of(), "kernel_shape", new long[] {2, 2}, "dilations", new long[] {2, 2}),
                of("QuantizeLinear", 21, List.of(new float[] {1}), "block_size", 2L));
    }

    @ParameterizedTest
    @MethodSource("inexpressible")
    void isRefusedByName(Case form) {
        assertThatThrownBy(() -> Runs.rewritten(model(form)))
                .isInstanceOf(GraphException.class)
                .hasMessageContainingAll(form.op() + " 'node'", "opset " + form.opset(), "cannot become opset 17");
    }

    private static byte[] model(Case form) {
        GraphProto.Builder graph = GraphProto.newBuilder().setName("form");
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long dim : new long[] {2, 4, 5, 6}) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dim));
        }
        graph.addInput(ValueInfoProto.newBuilder()
                .setName("x")
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(1).setShape(shape))));
        NodeProto.Builder node =
                NodeProto.newBuilder().setName("node").setOpType(form.op()).addInput("x");
        for (Object input : form.inputs()) {
            String name = input.equals(NONE) ? "" : "c" + node.getInputCount();
            node.addInput(name);
            if (input instanceof long[] longs) {
                TensorProto.Builder tensor =
                        TensorProto.newBuilder().setName(name).setDataType(7).addDims(longs.length);
                Arrays.stream(longs).forEach(tensor::addInt64Data);
                graph.addInitializer(tensor);
            } else if (input instanceof float[] floats) {
                TensorProto.Builder tensor =
                        TensorProto.newBuilder().setName(name).setDataType(1).addDims(floats.length);
                for (float element : floats) {
                    tensor.addFloatData(element);
                }
                graph.addInitializer(tensor);
            }
        }
        for (int i = 0; i < form.attributes().length; i += 2) {
            node.addAttribute(attribute((String) form.attributes()[i], form.attributes()[i + 1]));
        }
        for (int i = 0; i < form.outputs(); i++) {
            node.addOutput("y" + i);
            graph.addOutput(ValueInfoProto.newBuilder()
                    .setName("y" + i)
                    .setType(TypeProto.newBuilder()
                            .setTensorType(TypeProto.Tensor.newBuilder()
                                    .setElemType(form.op().equals("Cast") ? 11 : 1))));
        }
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(form.opset()))
                .setGraph(graph.addNode(node))
                .build()
                .toByteArray();
    }

    private static AttributeProto attribute(String name, Object value) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
        if (value instanceof Long number) {
            return attribute
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(number)
                    .build();
        }
        if (value instanceof String text) {
            return attribute
                    .setType(AttributeProto.AttributeType.STRING)
                    .setS(ByteString.copyFromUtf8(text))
                    .build();
        }
        attribute.setType(AttributeProto.AttributeType.INTS);
        Arrays.stream((long[]) value).forEach(attribute::addInts);
        return attribute.build();
    }
}
