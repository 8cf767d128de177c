package org.menagerie.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.Optimization;
import org.menagerie.spi.Tensor;

/** Files that ONNX Runtime's rewrites would change, run as they are. */
class WrongRewritesTest {
    private static final Tensor A = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
    private static final Tensor B = Tensor.of(new float[] {5, 6, 7, 8}, 2, 2);

    private static NodeProto transpose(String from, String to) {
        return NodeProto.newBuilder()
                .setOpType("Transpose")
                .addInput(from)
                .addOutput(to)
                .addAttribute(AttributeProto.newBuilder()
                        .setName("perm")
                        .setType(AttributeProto.AttributeType.INTS)
                        .addAllInts(List.of(0L, 1L)))
                .build();
    }

    private static NodeProto gemm(String a, String b, String y) {
        return NodeProto.newBuilder()
                .setOpType("Gemm")
                .addInput(a)
                .addInput(b)
                .addOutput(y)
                .build();
    }

    private static ValueInfoProto matrix(String name) {
        ValueInfoProto.Builder info = ValueInfoProto.newBuilder().setName(name);
        info.getTypeBuilder().getTensorTypeBuilder().setElemType(1).getShapeBuilder();
        info.getTypeBuilder()
                .getTensorTypeBuilder()
                .getShapeBuilder()
                .addDimBuilder()
                .setDimValue(2);
        info.getTypeBuilder()
                .getTensorTypeBuilder()
                .getShapeBuilder()
                .addDimBuilder()
                .setDimValue(2);
        return info.build();
    }

    private static float[] run(Optimization optimization, NodeProto... nodes) {
        GraphProto graph = GraphProto.newBuilder()
                .setName("hand")
                .addInput(matrix("a"))
                .addInput(matrix("b"))
                .addAllNode(List.of(nodes))
                .addOutput(matrix("y"))
                .build();
        byte[] model = ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(graph)
                .build()
                .toByteArray();
        return Objects.requireNonNull(
                        Runs.run(model, optimization, Map.of("a", A, "b", B)).get("y"))
                .toFloatArray();
    }

    @ParameterizedTest
    @EnumSource(Optimization.class)
    void anIdentityTransposeBesideGemmMovesNothing(Optimization optimization) {
        float[] product = {19, 22, 43, 50};

        assertThat(run(optimization, gemm("a", "b", "p"), transpose("p", "y"))).containsExactly(product);
        assertThat(run(optimization, transpose("a", "t"), gemm("t", "b", "y"))).containsExactly(product);
        assertThat(run(optimization, transpose("b", "t"), gemm("a", "t", "y"))).containsExactly(product);
    }

    /** Every element is negative, so a window that reaches the border has its largest element there: zero. */
    @ParameterizedTest
    @EnumSource(Optimization.class)
    void zerosAroundAMaxPoolWinAgainstNegativeElements(Optimization optimization) {
        GraphBuilder g = new GraphBuilder("padded", Mode.INFERENCE);
        Value x = g.input("x", "f32[1,1,3,3]");
        Value padded = g.pad(x, 0, 0, 0, 1, 1, 0, 0, 1, 1);
        g.output("y", g.op("MaxPool", Attributes.of("kernel_shape", new long[] {3, 3}), padded));
        Tensor negative = Tensor.of(new float[] {-9, -8, -7, -6, -5, -4, -3, -2, -1}, 1, 1, 3, 3);
        byte[] model = OnnxWriter.toBytes(g.build(), Map.of(), Map.of());

        assertThat(Objects.requireNonNull(Runs.run(model, optimization, Map.of("x", negative))
                                .get("y"))
                        .toFloatArray())
                .containsExactly(0, 0, 0, 0, -1, 0, 0, 0, 0);
    }
}
