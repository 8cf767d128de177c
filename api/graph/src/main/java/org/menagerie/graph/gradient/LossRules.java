package org.menagerie.graph.gradient;

import static java.util.Map.entry;
import static org.menagerie.graph.gradient.Rule.grads;
import static org.menagerie.spi.ElementType.FLOAT32;
import static org.menagerie.spi.ElementType.INT64;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;
import org.menagerie.spi.Tensor;

/** ONNX's loss operators. Class weights get no gradient. */
final class LossRules {
    static final Map<String, Rule> RULES = Map.ofEntries(
            entry("SoftmaxCrossEntropyLoss", LossRules::crossEntropy),
            entry("NegativeLogLikelihoodLoss", Rule.of((g, n, dy) -> {
                Selection selection = Selection.of(g, n, dy);
                return grads(g.neg(g.mul(selection.oneHot(), g.unsqueeze(selection.share(), 1))), null, null);
            })));

    private LossRules() {}

    /**
     * dx = share·(softmax − onehot). A gradient of the second output, the log-probabilities, adds itself minus softmax
     * times its sum over classes.
     */
    private static List<@Nullable Value> crossEntropy(GraphBuilder g, Node n, List<@Nullable Value> dys) {
        Value x = n.in(0);
        Value softmax = g.exp(n.outputs().size() > 1 ? n.out(1) : g.logSoftmax(x, 1));
        Value dx = null;
        Value dy = dys.get(0);
        if (dy != null) {
            Selection selection = Selection.of(g, n, dy);
            dx = g.mul(g.sub(softmax, selection.oneHot()), g.unsqueeze(selection.share(), 1));
        }
        Value dLogs = dys.size() > 1 ? dys.get(1) : null;
        if (dLogs != null) {
            Value part = g.sub(dLogs, g.mul(softmax, g.sumKeep(dLogs, 1)));
            dx = dx == null ? part : g.add(dx, part);
        }
        return grads(dx, null, null);
    }

    /**
     * Which class each place has, and its part of the loss's gradient.
     *
     * @param oneHot {@code [N, C, d...]}
     * @param share {@code [N, d...]}: weight times dy, over the sum of weights for a mean; 0 for an ignored label
     */
    private record Selection(Value oneHot, Value share) {
        static Selection of(GraphBuilder g, Node n, Value dy) {
            Value x = n.in(0);
            Value labels = g.cast(n.in(1), INT64);
            Value weight;
            Value safe = labels;
            if (n.attributes().has("ignore_index")) {
                Value ignored = g.scalar(INT64, (double) n.attributes().getInt("ignore_index", 0));
                Value counts = g.not(g.equal(labels, ignored));
                safe = g.where(counts, labels, g.scalar(INT64, 0));
                weight = g.cast(counts, x.element());
            } else {
                weight = g.expand(g.scalar(x.element(), 1), g.shapeOf(labels));
            }
            if (n.has(2)) {
                weight = g.mul(weight, g.gather(n.in(2), safe, 0));
            }
            Value share = g.mul(weight, dy);
            if (n.attributes().getText("reduction", "mean").equals("mean")) {
                share = g.div(share, g.sum(weight));
            }
            Value offOn = g.constant(Tensor.of(new float[] {0, 1}, 2));
            Value oneHot = g.op("OneHot", Attributes.of("axis", 1), safe, g.extent(x, 1), offOn);
            return new Selection(x.element() == FLOAT32 ? oneHot : g.cast(oneHot, x.element()), share);
        }
    }
}
