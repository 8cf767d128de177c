package org.menagerie.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.spi.ElementType;

/** What the builder refuses names the thing, what was expected and what was found. */
class GraphBuilderTest {
    private final GraphBuilder g = new GraphBuilder("net", Mode.TRAINING);
    private final Value x = g.input("x", "f32[N,3,8,8]");

    private static void refused(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(GraphException.class).hasMessageContainingAll(parts);
    }

    @Test
    void anUnknownOperatorListsSimilarOnes() {
        refused(() -> g.op("Convolution", x), "'net'", "'Convolution'", "ConvTranspose");
        refused(() -> g.microsoft("GeluFast", Attributes.NONE, x), "com.microsoft.GeluFast");
    }

    @Test
    void namesAreUsedOnce() {
        refused(() -> g.input("x", "f32[1]"), "two inputs", "'x'");
        g.output("y", x);
        refused(() -> g.output("y", x), "two outputs", "'y'");
        TensorType type = TensorType.parse("f32[2]");
        g.parameter("w", type, Initializers.zeros());
        refused(() -> g.buffer("w", type, Initializers.zeros()), "two parameters", "'w'");
        refused(() -> g.input("z"), "no input 'z'", "x");
        refused(() -> g.output("z"), "no output 'z'", "[y]");
        refused(() -> g.update(x, x), "'x'", "no parameter");
    }

    @Test
    void shapesThatCannotFitAreRefused() {
        refused(() -> g.matMul(g.input("a", "f32[2,3]"), g.input("b", "f32[4,5]")), "MatMul", "[2,3]", "[4,5]");
        refused(() -> g.add(x, g.input("c", "f32[5]")), "Add", "8", "5");
        refused(() -> g.concat(0, x, g.input("d", "f32[N,3,8,7]")), "Concat", "axis 3");
        refused(() -> g.reshape(g.input("e", "f32[2,3]"), 4, 2), "Reshape", "[2,3]", "[4,2]");
        refused(() -> g.transpose(x, 0, 1, 2, 9), "Transpose", "axis 9");
        refused(() -> g.squeeze(x, 1), "Squeeze", "expected 1, found 3");
        refused(() -> g.op("Gather", x), "Gather");
    }

    @Test
    void typesThatCannotFitAreRefused() {
        refused(() -> g.add(x, g.input("half", "f16[N,3,8,8]")), "Add", "f16");
        refused(() -> x.is("f32[N,4,8,8]"), "'x'", "expected f32[N,4,8,8]", "f32[N,3,8,8]");
        refused(() -> x.is("f64[N,3,8,8]"), "expected f64");
        assertThat(x.is("f32[B,3,8,8]")).isSameAs(x);
        refused(() -> g.input("w", "f32[2,3]").is("f32[A,3]"), "expected f32[A,3]");
        refused(() -> g.input("v", "f32[M,K]").is("f32[A,A]"), "expected f32[A,A]");
    }

    @Test
    void scopesNameParameters() {
        TensorType type = TensorType.parse("f32[2]");
        g.scope("layer1", outer -> outer.scope("0", inner -> inner.parameter("weight", type, Initializers.zeros())));

        assertThat(g.parameters()).containsOnlyKeys("layer1.0.weight");
    }

    @Test
    void sharingUsesAParameterAgain() {
        Value first = g.linear("fc", g.input("a", "f32[N,4]"), 2);
        Value second = g.sharing(() -> g.linear("fc", g.input("b", "f32[N,4]"), 2));

        assertThat(g.parameters()).containsOnlyKeys("fc.weight", "fc.bias");
        assertThat(first).isNotSameAs(second);
        refused(() -> g.linear("fc", x, 2), "two parameters", "fc.weight");
    }

    @Test
    void equalScalarsAndShapesAreOneConstant() {
        assertThat(g.scalar(ElementType.FLOAT32, 2)).isSameAs(g.scalar(ElementType.FLOAT32, 2));
        assertThat(g.scalar(ElementType.FLOAT32, 2)).isNotSameAs(g.scalar(ElementType.FLOAT64, 2));
        assertThat(g.longs(1, 2)).isSameAs(g.longs(1, 2)).isNotSameAs(g.longs(2, 1));
    }

    @Test
    void pruningKeepsWhatAnOutputNeeds() {
        Value kept = g.relu(x);
        g.parameter("unused", TensorType.parse("f32[2]"), Initializers.zeros());
        g.exp(x);
        g.output("y", kept);
        Graph pruned = g.build().prunedTo(Map.of("z", kept));

        assertThat(pruned.nodes()).extracting(Node::op).containsExactly("Relu");
        assertThat(pruned.parameters()).isEmpty();
        assertThat(pruned.outputs()).containsOnlyKeys("z");
    }

    @Test
    void anInlinedGraphKeepsDetachedValuesAndScopes() {
        GraphBuilder part = new GraphBuilder("part", Mode.TRAINING);
        Value a = part.input("a", "f32[N,4]");
        part.output("b", part.detach(part.linear("fc", a, 2)));
        Graph finished = part.build();
        Value given = g.input("given", "f32[N,4]");
        g.scope(
                "head",
                inner -> inner.output(
                        "b",
                        java.util.Objects.requireNonNull(
                                inner.inline(finished, Map.of(a, given)).get("b"))));

        assertThat(g.parameters()).containsOnlyKeys("head.fc.weight", "head.fc.bias");
        assertThat(g.output("b").isDetached()).isTrue();
        assertThat(g.output("b").type()).hasToString("f32[N,2]");
    }
}
