package org.menagerie.graph.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.menagerie.graph.onnx.Protos.body;
import static org.menagerie.graph.onnx.Protos.info;
import static org.menagerie.graph.onnx.Protos.initializer;
import static org.menagerie.graph.onnx.Protos.model;
import static org.menagerie.graph.onnx.Protos.node;
import static org.menagerie.graph.onnx.Protos.number;

import ai.onnx.proto.OnnxMl.GraphProto;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.menagerie.graph.Node;
import org.menagerie.spi.Tensor;

/** An {@code If} whose condition the shapes decide is read as the branch that is taken. */
class KnownBranchTest {
    /** As PyTorch exports {@code x.squeeze(1)} where it does not know whether axis 1 has one element. */
    private static GraphProto.Builder squeezed(String type, String suffix, String from) {
        GraphProto then = GraphProto.newBuilder()
                .setName("then" + suffix)
                .addNode(node("Squeeze", List.of(from, "axis"), List.of("inside")))
                .addOutput(info("inside", ""))
                .build();
        GraphProto otherwise = GraphProto.newBuilder()
                .setName("else" + suffix)
                .addNode(node("Identity", List.of(from), List.of("inside")))
                .addOutput(info("inside", ""))
                .build();
        return GraphProto.newBuilder()
                .addInput(info("x", type))
                .addInitializer(initializer("axis", Tensor.of(new long[] {1}, 1)))
                .addInitializer(initializer("place", Tensor.scalar(1L)))
                .addInitializer(initializer("one", Tensor.scalar(1L)))
                .addNode(node("Shape", List.of(from), List.of("shape" + suffix)))
                .addNode(node("Gather", List.of("shape" + suffix, "place"), List.of("extent" + suffix)))
                .addNode(node("Equal", List.of("extent" + suffix, "one"), List.of("condition" + suffix)))
                .addNode(node(
                        "If",
                        List.of("condition" + suffix),
                        List.of("y" + suffix),
                        body("then_branch", then),
                        body("else_branch", otherwise)));
    }

    private static OnnxModel read(GraphProto.Builder graph, String output) {
        return OnnxReader.read(model(17, graph.addOutput(info(output, ""))));
    }

    private static List<String> operators(OnnxModel model) {
        return model.graph().nodes().stream().map(Node::op).toList();
    }

    @Test
    void anExtentOfOneIsSqueezed() {
        OnnxModel read = read(squeezed("f32[N,1,3]", "", "x"), "y");

        assertThat(operators(read)).contains("Squeeze").doesNotContain("If", "Identity");
        assertThat(read.graph().output("y").type()).hasToString("f32[N,3]");
    }

    @Test
    void anotherExtentIsLeft() {
        OnnxModel read = read(squeezed("f32[N,2,3]", "", "x"), "y");

        assertThat(operators(read)).contains("Identity").doesNotContain("If", "Squeeze");
        assertThat(read.graph().output("y").type()).hasToString("f32[N,2,3]");
    }

    @Test
    void anExtentThatARunTellsKeepsBothBranches() {
        assertThat(operators(read(squeezed("f32[N,C,3]", "", "x"), "y"))).contains("If");
    }

    @Test
    void branchesOfTwoNodesMayUseTheSameNames() {
        GraphProto.Builder first = squeezed("f32[N,1,1,3]", "", "x");
        GraphProto.Builder second = squeezed("f32[N,1,1,3]", "2", "y");
        first.addAllNode(second.getNodeList());
        OnnxModel read = read(first, "y2");

        assertThat(read.graph().output("y2").type()).hasToString("f32[N,3]");
        byte[] written = OnnxWriter.toBytes(read.graph(), read.weights(), read.metadata());
        assertThat(OnnxReader.read(written).graph().output("y2").type()).hasToString("f32[N,3]");
    }

    @Test
    void weightsOfTheBranchAreParameters() {
        GraphProto then = GraphProto.newBuilder()
                .setName("then")
                .addInitializer(initializer("weight", Tensor.of(new float[6], 3, 2)))
                .addNode(node("MatMul", List.of("x", "weight"), List.of("product")))
                .addOutput(info("product", ""))
                .build();
        GraphProto otherwise = GraphProto.newBuilder()
                .setName("else")
                .addNode(node("Identity", List.of("x"), List.of("same")))
                .addOutput(info("same", ""))
                .build();
        GraphProto.Builder graph = GraphProto.newBuilder()
                .addInput(info("x", "f32[N,3]"))
                .addInitializer(initializer("always", Tensor.of(new boolean[] {true})))
                .addNode(node(
                        "If",
                        List.of("always"),
                        List.of("y"),
                        body("then_branch", then),
                        body("else_branch", otherwise)));
        OnnxModel read = read(graph, "y");

        assertThat(read.graph().parameters()).containsOnlyKeys("weight");
        assertThat(read.weights()).containsOnlyKeys("weight");
        assertThat(read.graph().output("y").type()).hasToString("f32[N,2]");
    }

    /** The condition as comparisons and logic of extents: (2 < 3 and not 2 ≥ 3). */
    @Test
    void conditionsMayCompareAndCombine() {
        GraphProto yes = GraphProto.newBuilder()
                .setName("yes")
                .addNode(node("Neg", List.of("x"), List.of("negative")))
                .addOutput(info("negative", ""))
                .build();
        GraphProto no = GraphProto.newBuilder()
                .setName("no")
                .addNode(node("Abs", List.of("x"), List.of("positive")))
                .addOutput(info("positive", ""))
                .build();
        GraphProto.Builder graph = GraphProto.newBuilder()
                .addInput(info("x", "f32[2,3]"))
                .addNode(node("Shape", List.of("x"), List.of("rows"), number("end", 1)))
                .addNode(node("Shape", List.of("x"), List.of("columns"), number("start", 1)))
                .addNode(node("Less", List.of("rows", "columns"), List.of("less")))
                .addNode(node("GreaterOrEqual", List.of("rows", "columns"), List.of("not_less")))
                .addNode(node("Not", List.of("not_less"), List.of("again")))
                .addNode(node("And", List.of("less", "again"), List.of("condition")))
                .addNode(node(
                        "If", List.of("condition"), List.of("y"), body("then_branch", yes), body("else_branch", no)));

        assertThat(operators(read(graph, "y"))).contains("Neg").doesNotContain("If", "Abs");
    }
}
