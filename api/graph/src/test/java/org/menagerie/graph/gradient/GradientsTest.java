package org.menagerie.graph.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.menagerie.graph.Attribute;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Conv;
import org.menagerie.graph.layer.Recurrent;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** Structure and refusals of differentiation; numbers are held by the conformance tests. */
class GradientsTest {
    private final GraphBuilder g = new GraphBuilder("net", Mode.TRAINING);

    private Value gradient(Value loss, Value of) {
        return Gradients.of(g, loss, List.of(of)).get(0);
    }

    /** All nodes, those in bodies too. */
    private static List<Node> all(Graph graph) {
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes()) {
            nodes.add(node);
            node.attributes().entries().forEach(entry -> {
                if (entry.getValue() instanceof Attribute.Body body) {
                    nodes.addAll(all(body.value()));
                }
            });
        }
        return nodes;
    }

    @Test
    void aGradientHasTheTypeOfItsValue() {
        Value x = g.input("x", "f32[N,3,8,8]");
        Value y = g.relu(g.conv("c", x, Conv.kernel(3).filters(4).stride(2).pad(1)));
        List<Value> with = new ArrayList<>(List.of(x));
        g.parameters().values().forEach(parameter -> with.add(parameter.value()));

        List<Value> gradients = Gradients.of(g, g.mean(g.square(y)), with);
        for (int i = 0; i < with.size(); i++) {
            assertThat(gradients.get(i).type()).isEqualTo(with.get(i).type());
        }
    }

    @Test
    void noGradientHoldsATranspositionThatMovesNothing() {
        Value x = g.input("x", "f32[N,5,6]");
        Value attended = g.matMul(g.linear("q", x, 6), false, g.linear("k", x, 6), true);
        Value mixed = g.matMul(g.softmax(attended, -1), x);
        Value sequence = g.lstm("rnn", g.transpose(mixed, 1, 0, 2), null, Recurrent.hidden(4))
                .sequence();
        Value last = g.gather(sequence, g.constant(Tensor.scalar(-1L)), 0);
        Value first = g.gather(mixed, g.constant(Tensor.scalar(0L)), 1);
        Value logits = g.linear("fc", g.concat(1, last, first), 3);
        Value product = g.reduce("ReduceProd", logits, false, 1);
        List<Value> with = new ArrayList<>(List.of(x));
        g.parameters().values().forEach(parameter -> with.add(parameter.value()));
        List<Value> gradients = Gradients.of(g, g.sum(product), with);
        for (Value gradient : gradients) {
            g.output(gradient.name(), gradient);
        }

        List<Node> transpositions = all(g.build()).stream()
                .filter(node -> node.op().equals("Transpose"))
                .toList();
        assertThat(transpositions).isNotEmpty().allSatisfy(node -> {
            long[] permutation = node.attributes().getInts("perm");
            assertThat(permutation)
                    .isNotEqualTo(java.util.stream.LongStream.range(0, permutation.length)
                            .toArray());
        });
    }

    @Test
    void aValueWithoutInfluenceHasZeros() {
        Value x = g.input("x", "f32[N,3]");
        Value y = g.input("y", "f32[N,2]");

        assertThat(gradient(g.sum(g.exp(x)), y).producer().orElseThrow().op()).isEqualTo("ConstantOfShape");
    }

    /** Rounding is flat: what is rounded has zeros, and nothing in front of it is visited. */
    @Test
    void stepsAreFlatWhateverComesBefore() {
        Value x = g.input("x", "f32[N]");
        Value drawn = g.op("Bernoulli", x);

        assertThat(gradient(g.sum(g.floor(drawn)), x).producer().orElseThrow().op())
                .isEqualTo("ConstantOfShape");
    }

    @Test
    void weightsOfClassesAreRefusedByName() {
        Value logits = g.input("logits", "f32[N,4]");
        Value labels = g.input("labels", "i64[N]");
        Value weights = g.input("class_weights", "f32[4]");
        for (String op : List.of("SoftmaxCrossEntropyLoss", "NegativeLogLikelihoodLoss")) {
            Value loss = g.op(op, logits, labels, weights);

            assertThat(gradient(loss, logits).type()).isEqualTo(logits.type());
            assertThatThrownBy(() -> gradient(loss, weights))
                    .isInstanceOf(GraphException.class)
                    .hasMessageContainingAll(op, "the weights of classes", "'class_weights'", "detach");
        }
        Value computed = g.op("SoftmaxCrossEntropyLoss", logits, labels, g.exp(weights));
        assertThatThrownBy(() -> gradient(computed, weights)).hasMessageContaining("the weights of classes");
        Value detached = g.op("SoftmaxCrossEntropyLoss", logits, labels, g.detach(g.exp(weights)));
        assertThat(gradient(detached, weights).producer().orElseThrow().op()).isEqualTo("ConstantOfShape");
    }

    @Test
    void regionsAndScalesAreRefusedByName() {
        Value image = g.input("image", "f32[1,3,8,8]");
        Value regions = g.input("regions", "f32[R,4]");
        Value cut = g.op("RoiAlign", image, regions, g.input("batch", "i64[R]"));
        assertThatThrownBy(() -> gradient(g.sum(cut), regions))
                .isInstanceOf(GraphException.class)
                .hasMessageContainingAll("RoiAlign", "the regions", "'regions'");

        Value scales = g.input("scales", "f32[4]");
        Value resized = g.op("Resize", Attributes.of("mode", "linear"), image, null, scales);
        assertThatThrownBy(() -> gradient(g.sum(resized), scales))
                .isInstanceOf(GraphException.class)
                .hasMessageContainingAll("Resize", "the scales", "'scales'");
    }

    @Test
    void boundsAndFillingsHaveGradients() {
        Value x = g.input("x", "f32[N,3]");
        Value low = g.input("low", "f32[]");
        Value fill = g.input("fill", "f32[]");

        assertThat(gradient(g.sum(g.op("Clip", x, low)), low).type()).hasToString("f32[]");
        assertThat(gradient(g.sum(g.op("Pad", x, g.longs(0, 1, 0, 1), fill)), fill)
                        .type())
                .hasToString("f32[]");
    }

    /** Behind a resize to computed sizes only the weight tells how many channels there are. */
    @Test
    void theWeightTellsTheChannelsThatInferenceLost() {
        Value x = g.input("x", "f32[N,3,H,W]");
        Value sizes = g.input("sizes", "i64[4]");
        Value resized = g.op("Resize", Attributes.of("mode", "nearest"), x, null, null, sizes);
        Value weight = g.input("weight", "f32[5,3,3,3]");
        Value up = g.input("up", "f32[5,4,2,2]");
        assertThat(resized.dim(1).isFixed()).isFalse();

        Value c = g.conv(resized, weight, null, Conv.kernel(3).pad(1));
        Value t = g.convTranspose(c, up, null, Conv.kernel(2).stride(2));
        List<Value> gradients = Gradients.of(g, g.mean(t), List.of(x, weight, up));
        assertThat(gradients.get(0).type()).hasToString("f32[N,3,H,W]");
        assertThat(gradients.get(1).type()).isEqualTo(weight.type());
        assertThat(gradients.get(2).type()).isEqualTo(up.type());
    }

    @Test
    void anExtentThatNothingTellsIsNamedWithItsNode() {
        Value x = g.input("x", "f32[N,C,8]");

        assertThatThrownBy(() -> gradient(g.sum(g.op("LRN", Attributes.of("size", 3), x)), x))
                .isInstanceOf(GraphException.class)
                .hasMessageContainingAll("LRN", "'C'", "state it");
    }

    @Test
    void aLoopThatAConditionMayEndIsRefused() {
        Value x = g.input("x", "f32[2]");
        GraphBuilder b = g.body("loop");
        b.input("iteration", "i64[]");
        b.input("condition", "bool[]");
        Value state = b.input("state", "f32[2]");
        b.output("again", b.less(b.sum(state), b.scalar(ElementType.FLOAT32, 9)));
        b.output("next", b.mul(state, 2));
        Value y = g.op("Loop", Attributes.of("body", b.build()), g.scalar(ElementType.INT64, 5), null, x);

        assertThatThrownBy(() -> gradient(g.sum(y), x))
                .isInstanceOf(GraphException.class)
                .hasMessageContainingAll("Loop", "may end", "count of iterations");
    }

    @Test
    void everyOperatorHasARuleOrAReasonAndNoneHasBoth() {
        GradientRules rules = GradientRules.standard();

        assertThat(rules.differentiable()).contains("Conv", "If", "Loop", "Scan");
        assertThat(rules.notDifferentiable().keySet()).doesNotContainAnyElementsOf(rules.differentiable());
        assertThat(rules.notDifferentiable())
                .allSatisfy((op, reason) -> assertThat(reason).contains(" "));
    }

    @Test
    void aRuleOfAPluginsOwnReplacesOrAddsOne() {
        Value x = g.input("x", "f32[2]");
        Value rounded = g.sum(g.op("Round", x));
        Value own = g.add(
                        "com.example",
                        "Twice",
                        "twice",
                        Attributes.NONE,
                        List.of(x),
                        List.of("doubled"),
                        Map.of("doubled", x.type()))
                .get(0);
        GradientRules rules = GradientRules.standard()
                .with("Round", Rule.of((b, n, dy) -> Rule.grads(dy)))
                .with("com.example.Twice", Rule.of((b, n, dy) -> Rule.grads(b.mul(dy, 2))));

        assertThat(Gradients.of(g, rounded, List.of(x)).get(0).name()).contains("constant");
        assertThat(Gradients.of(g, rounded, List.of(x), rules).get(0).type()).isEqualTo(x.type());
        assertThatThrownBy(() -> gradient(g.sum(own), x)).hasMessageContaining("com.example.Twice");
        assertThat(Gradients.of(g, g.sum(own), List.of(x), rules).get(0).type()).isEqualTo(x.type());
        assertThat(rules.differentiable()).contains("com.example.Twice");
    }

    @Test
    void aGradientIsOfAScalar() {
        Value x = g.input("x", "f32[2]");

        assertThatThrownBy(() -> gradient(g.exp(x), x))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("f32[2]");
        assertThat(Gradients.of(g, g.exp(x), x, List.of(x), GradientRules.standard()))
                .hasSize(1);
    }
}
