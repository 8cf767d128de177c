package org.menagerie.graph.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.menagerie.graph.onnx.Protos.info;
import static org.menagerie.graph.onnx.Protos.ints;
import static org.menagerie.graph.onnx.Protos.model;
import static org.menagerie.graph.onnx.Protos.node;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.menagerie.graph.Graph;
import org.menagerie.graph.Node;

/** A file's transposition that moves nothing becomes an identity of the same name. */
class IdentityTransposeTest {
    private static Graph read(String type, NodeProto node) {
        GraphProto.Builder graph =
                GraphProto.newBuilder().addInput(info("x", type)).addNode(node).addOutput(info("y", ""));
        return OnnxReader.read(model(17, graph)).graph();
    }

    private static List<String> operators(Graph graph) {
        return graph.nodes().stream().map(Node::op).toList();
    }

    @Test
    void onePermutationThatMovesNothing() {
        Graph graph = read("f32[N,3]", node("Transpose", List.of("x"), List.of("y"), ints("perm", 0, 1)));

        assertThat(operators(graph)).containsExactly("Identity");
        assertThat(graph.output("y").name()).isEqualTo("y");
        assertThat(graph.output("y").type()).hasToString("f32[N,3]");
    }

    @Test
    void reversingOneAxisMovesNothing() {
        assertThat(operators(read("f32[N]", node("Transpose", List.of("x"), List.of("y")))))
                .containsExactly("Identity");
    }

    @Test
    void aRealTranspositionStays() {
        assertThat(operators(read("f32[N,3]", node("Transpose", List.of("x"), List.of("y")))))
                .containsExactly("Transpose");
        assertThat(operators(read("f32[2,2,2]", node("Transpose", List.of("x"), List.of("y"), ints("perm", 0, 2, 1)))))
                .containsExactly("Transpose");
    }
}
