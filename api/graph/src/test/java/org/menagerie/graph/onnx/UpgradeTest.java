package org.menagerie.graph.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.menagerie.graph.onnx.Protos.info;
import static org.menagerie.graph.onnx.Protos.initializer;
import static org.menagerie.graph.onnx.Protos.ints;
import static org.menagerie.graph.onnx.Protos.model;
import static org.menagerie.graph.onnx.Protos.node;
import static org.menagerie.graph.onnx.Protos.number;
import static org.menagerie.graph.onnx.Protos.real;
import static org.menagerie.graph.onnx.Protos.text;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.menagerie.graph.Dim;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Node;
import org.menagerie.spi.Tensor;

/** Older and newer forms of operators become those of opset 17. */
class UpgradeTest {
    private static Graph read(int opset, String type, NodeProto node) {
        GraphProto.Builder graph =
                GraphProto.newBuilder().addInput(info("x", type)).addNode(node).addOutput(info("y", ""));
        return OnnxReader.read(model(opset, graph)).graph();
    }

    private static Node only(Graph graph) {
        assertThat(graph.nodes()).hasSize(1);
        return graph.nodes().get(0);
    }

    private static List<String> contents(Node node, int input) {
        return node.in(input).contents().orElseThrow().stream()
                .map(Dim::toString)
                .toList();
    }

    @Test
    void axesBecomeAnInput() {
        Graph graph = read(11, "f32[N,1,3]", node("Squeeze", List.of("x"), List.of("y"), ints("axes", 1)));

        assertThat(contents(only(graph), 1)).containsExactly("1");
        assertThat(only(graph).attributes().has("axes")).isFalse();
        assertThat(graph.output("y").type()).hasToString("f32[N,3]");
    }

    @Test
    void boundsOfASliceBecomeInputs() {
        Graph graph = read(
                9,
                "f32[5,6]",
                node("Slice", List.of("x"), List.of("y"), ints("starts", 1), ints("ends", 3), ints("axes", 1)));

        assertThat(graph.output("y").type()).hasToString("f32[5,2]");
        assertThat(contents(only(graph), 1)).containsExactly("1");
        assertThat(contents(only(graph), 2)).containsExactly("3");
        assertThat(contents(only(graph), 3)).containsExactly("1");
    }

    @Test
    void paddingBecomesInputs() {
        Graph graph = read(
                10,
                "f32[N,3]",
                node(
                        "Pad",
                        List.of("x"),
                        List.of("y"),
                        ints("pads", 0, 1, 0, 2),
                        real("value", 7),
                        text("mode", "constant")));

        assertThat(graph.output("y").type()).hasToString("f32[N,6]");
        assertThat(only(graph).in(2).constant().orElseThrow().floats().get(0)).isEqualTo(7);
    }

    @Test
    void boundsOfClipBecomeInputs() {
        Node clip = only(read(9, "f32[N]", node("Clip", List.of("x"), List.of("y"), real("min", 0), real("max", 6))));

        assertThat(clip.in(1).constant().orElseThrow().floats().get(0)).isEqualTo(0);
        assertThat(clip.in(2).constant().orElseThrow().floats().get(0)).isEqualTo(6);
    }

    /** Before opset 13 a softmax took all axes from its own on as one. */
    @Test
    void softmaxOverSeveralAxesKeepsItsMeaning() {
        Graph graph = read(11, "f32[N,3,4]", node("Softmax", List.of("x"), List.of("y"), number("axis", 1)));

        assertThat(graph.nodes()).extracting(Node::op).containsSubsequence("Flatten", "Softmax", "Reshape");
        assertThat(graph.output("y").type()).hasToString("f32[N,3,4]");
        Graph last = read(11, "f32[N,3]", node("Softmax", List.of("x"), List.of("y"), number("axis", 1)));
        assertThat(last.nodes()).extracting(Node::op).containsExactly("Softmax");
    }

    /** Since opset 18 reductions take their axes as an input. */
    @Test
    void axesOfReductionsBecomeAnAttributeAgain() {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .addInput(info("x", "f32[N,3,4]"))
                .addInitializer(initializer("axes", Tensor.of(new long[] {-1}, 1)))
                .addNode(node("ReduceMean", List.of("x", "axes"), List.of("y"), number("keepdims", 0)))
                .addOutput(info("y", ""));
        Graph read = OnnxReader.read(model(18, graph)).graph();

        assertThat(only(read).attributes().getInts("axes")).containsExactly(-1);
        assertThat(read.output("y").type()).hasToString("f32[N,3]");
    }

    @Test
    void mishIsWrittenInParts() {
        Graph graph = read(18, "f32[N]", node("Mish", List.of("x"), List.of("y")));

        assertThat(graph.nodes())
                .extracting(Node::op)
                .contains("Softplus", "Tanh", "Mul")
                .doesNotContain("Mish");
    }

    @Test
    void whatCannotBecomeOursIsRefusedWithItsReason() {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .addInput(info("x", "f32[N,3,4]"))
                .addInput(info("axes", "i64[K]"))
                .addNode(node("ReduceMean", List.of("x", "axes"), List.of("y")))
                .addOutput(info("y", ""));

        assertThatThrownBy(() -> OnnxReader.read(model(18, graph)))
                .isInstanceOf(GraphException.class)
                .hasMessageContainingAll("ReduceMean 'y_node'", "opset 18", "constant");
    }

    @Test
    void opsetsBeyondOursAreRefused() {
        for (int opset : new int[] {6, 22}) {
            assertThatThrownBy(() -> read(opset, "f32[N]", node("Relu", List.of("x"), List.of("y"))))
                    .isInstanceOf(GraphException.class)
                    .hasMessageContainingAll("opset " + opset, "7 to 21");
        }
    }

    @Test
    void anUnknownOperatorIsKept() {
        NodeProto node = node("Custom", List.of("x"), List.of("y")).toBuilder()
                .setDomain("acme")
                .build();
        Graph graph = read(17, "f32[N]", node);

        assertThat(only(graph).qualifiedOp()).isEqualTo("acme.Custom");
        assertThat(graph.output("y").isTyped()).isFalse();
    }
}
