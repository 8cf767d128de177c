package org.menagerie.graph.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.menagerie.graph.onnx.Protos.info;
import static org.menagerie.graph.onnx.Protos.model;
import static org.menagerie.graph.onnx.Protos.node;

import ai.onnx.proto.OnnxMl.GraphProto;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Conv;
import org.menagerie.spi.Tensor;

/** A graph that is written and read again is the same graph. */
class ReadAndWriteTest {
    private static Map<String, Tensor> ones(Graph graph) {
        Map<String, Tensor> weights = new java.util.LinkedHashMap<>();
        graph.parameters().forEach((name, parameter) -> {
            Tensor tensor = Tensor.allocate(
                    parameter.value().element(),
                    parameter.value().type().shape().dims());
            for (int i = 0; i < tensor.size(); i++) {
                tensor.floats().put(i, i + 1);
            }
            weights.put(name, tensor);
        });
        return weights;
    }

    private static boolean trainable(OnnxModel model, String name) {
        return Objects.requireNonNull(model.graph().parameters().get(name)).trainable();
    }

    @Test
    void nodesWeightsAndMetadataSurvive() {
        GraphBuilder g = new GraphBuilder("net", Mode.INFERENCE);
        Value x = g.input("image", "f32[N,3,8,8]");
        Value y = g.relu(
                g.batchNorm("bn", g.conv("conv", x, Conv.kernel(3).filters(4).pad(1))));
        g.output("features", y);
        g.output("pooled", g.mean(y, 2, 3));
        Graph graph = g.build();
        Map<String, Tensor> weights = ones(graph);

        OnnxModel read = OnnxReader.read(OnnxWriter.toBytes(graph, weights, Map.of("author", "me")));
        assertThat(read.metadata()).containsEntry("author", "me");
        assertThat(read.weights().keySet()).isEqualTo(weights.keySet());
        weights.forEach((name, tensor) -> assertThat(
                        Objects.requireNonNull(read.weights().get(name)).toFloatArray())
                .containsExactly(tensor.toFloatArray()));
        assertThat(read.graph().nodes())
                .extracting(Node::op)
                .isEqualTo(graph.nodes().stream().map(Node::op).toList());
        assertThat(read.graph().inputs()).extracting(Value::toString).containsExactly("image f32[N,3,8,8]");
        graph.outputs()
                .forEach((name, value) ->
                        assertThat(read.graph().output(name).type()).isEqualTo(value.type()));
        assertThat(trainable(read, "bn.running_mean")).isFalse();
        assertThat(trainable(read, "conv.weight")).isTrue();
    }

    @Test
    void anInputMayBeAnOutputAndAnOutputMayHaveTwoNames() {
        GraphBuilder g = new GraphBuilder("same", Mode.INFERENCE);
        Value x = g.input("x", "f32[N]");
        g.output("again", x);
        Value y = g.exp(x);
        g.output("first", y);
        g.output("second", y);

        Graph read = OnnxReader.read(OnnxWriter.toBytes(g.build(), Map.of(), Map.of()))
                .graph();
        assertThat(read.inputs()).extracting(Value::name).containsExactly("x");
        assertThat(read.outputs()).containsOnlyKeys("again", "first", "second");
    }

    @Test
    void bodiesSurviveWithWhatTheyUseFromOutside() {
        GraphBuilder g = new GraphBuilder("bodies", Mode.INFERENCE);
        Value x = g.input("x", "f32[2,3]");
        GraphBuilder then = g.body("then");
        then.output("a", then.mul(x, 2));
        GraphBuilder otherwise = g.body("otherwise");
        otherwise.output("b", x);
        g.output(
                "y",
                g.op(
                        "If",
                        Attributes.of("then_branch", then.build()).with("else_branch", otherwise.build()),
                        g.input("condition", "bool[]")));

        Graph read = OnnxReader.read(OnnxWriter.toBytes(g.build(), Map.of(), Map.of()))
                .graph();
        Node node = read.output("y").producer().orElseThrow();
        assertThat(node.op()).isEqualTo("If");
        assertThat(node.captures()).contains(read.inputs().get(0));
        assertThat(read.output("y").type()).hasToString("f32[2,3]");
    }

    @Test
    void everyKindOfAttributeSurvives() {
        GraphBuilder g = new GraphBuilder("attributes", Mode.INFERENCE);
        Value x = g.input("x", "f32[N,8,8,8]");
        Attributes attributes = Attributes.of("mode", "CRD").with("blocksize", 2);
        Value y = g.op("DepthToSpace", attributes, x);
        g.output("y", g.op("LRN", Attributes.of("size", 3).with("alpha", 0.5), g.transpose(y, 0, 1, 3, 2)));

        Graph read = OnnxReader.read(OnnxWriter.toBytes(g.build(), Map.of(), Map.of()))
                .graph();
        assertThat(read.nodes())
                .extracting(Node::attributes)
                .isEqualTo(g.nodes().stream().map(Node::attributes).toList());
    }

    @Test
    void nodesInAnyOrderAreSorted() {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .addInput(info("x", "f32[N]"))
                .addNode(node("Exp", List.of("middle"), List.of("y")))
                .addNode(node("Neg", List.of("x"), List.of("middle")))
                .addOutput(info("y", ""));

        assertThat(OnnxReader.read(model(17, graph)).graph().nodes())
                .extracting(Node::op)
                .containsExactly("Neg", "Exp");
    }

    @Test
    void brokenFilesAreRefusedWithASentence() {
        assertThatThrownBy(() -> OnnxReader.read("no model".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("is not an ONNX model");
        GraphProto.Builder cycle = GraphProto.newBuilder()
                .addNode(node("Exp", List.of("a"), List.of("b")))
                .addNode(node("Neg", List.of("b"), List.of("a")))
                .addOutput(info("a", ""));
        assertThatThrownBy(() -> OnnxReader.read(model(17, cycle)))
                .isInstanceOf(GraphException.class)
                .hasMessageContainingAll("Exp 'b_node'", "cycle");
        GraphProto.Builder missing = GraphProto.newBuilder()
                .addNode(node("Exp", List.of("nothing"), List.of("y")))
                .addOutput(info("y", ""));
        assertThatThrownBy(() -> OnnxReader.read(model(17, missing)))
                .isInstanceOf(GraphException.class)
                .hasMessageContainingAll("'nothing'", "nothing in the file gives");
        GraphProto.Builder twice = GraphProto.newBuilder()
                .addInput(info("x", "f32[N]"))
                .addNode(node("Exp", List.of("x"), List.of("y")))
                .addNode(node("Neg", List.of("x"), List.of("y")))
                .addOutput(info("y", ""));
        assertThatThrownBy(() -> OnnxReader.read(model(17, twice)))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("defined twice");
    }

    @Test
    void aWeightThatIsMissingIsNamed() {
        GraphBuilder g = new GraphBuilder("net", Mode.INFERENCE);
        g.output("y", g.linear("fc", g.input("x", "f32[N,4]"), 2));

        assertThatThrownBy(() -> OnnxWriter.toBytes(g.build(), Map.of(), Map.of()))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("fc.weight");
    }
}
