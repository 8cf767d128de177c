package org.menagerie.training.ensemble;

import java.util.ArrayList;
import java.util.List;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;
import org.menagerie.training.Objective;

/**
 * One trunk with several heads, trained together: each head has a loss of its own, the trunk learns from their mean (Lee
 * 2015, "Why M heads are better than one", section 3). For inference the heads' answers are combined into {@code logits}.
 *
 * @param name of the network
 * @param heads how many, at least one
 * @param combination of the heads' logits
 * @param trunk declares the inputs and gives the features
 * @param head gives logits {@code f32[N,C]} from the features; its parameters' names begin with {@code head_k.}
 */
public record SharedTrunk(String name, int heads, Combination combination, Trunk trunk, Head head) {
    public SharedTrunk {
        if (heads < 1) {
            throw new IllegalArgumentException("A shared trunk needs at least one head; found " + heads);
        }
    }

    /** What all heads see. */
    @FunctionalInterface
    public interface Trunk {
        Value build(GraphBuilder g);
    }

    /** What is built for each head. */
    @FunctionalInterface
    public interface Head {
        Value build(GraphBuilder g, Value features);
    }

    /** Adds trunk, heads and the output {@code logits}; gives the logits of each head. */
    public List<Value> build(GraphBuilder g) {
        Value features = trunk.build(g);
        List<Value> logits = new ArrayList<>();
        for (int k = 0; k < heads; k++) {
            g.scope("head_" + k, inside -> logits.add(head.build(inside, features)));
        }
        g.output(Ensemble.LOGITS, combination.of(g, logits));
        return logits;
    }

    /** Softmax cross-entropy of every head against {@code label} i64[N]; the accuracy is that of all together. */
    public Objective objective() {
        return g -> {
            List<Value> logits = build(g);
            Value label = g.input("label", "i64[N]");
            g.output("accuracy", g.accuracy(g.output(Ensemble.LOGITS), label));
            Value[] losses =
                    logits.stream().map(each -> g.crossEntropy(each, label)).toArray(Value[]::new);
            return g.mul(g.op("Sum", losses), 1.0 / heads);
        };
    }
}
