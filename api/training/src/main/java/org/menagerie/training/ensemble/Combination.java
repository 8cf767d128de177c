package org.menagerie.training.ensemble;

import java.util.List;
import java.util.function.UnaryOperator;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;
import org.menagerie.spi.ElementType;

/** How the logits {@code f32[N,C]} of several classifiers become those of one: their softmax is the joint answer. */
public enum Combination {
    /** The mean of the members' probabilities (Lakshminarayanan 2017, section 2.4). */
    MEAN_PROBABILITY {
        @Override
        public Value of(GraphBuilder g, List<Value> logits) {
            return g.log(mean(g, logits, each -> g.softmax(each, 1)));
        }
    },

    /**
     * The share of the members that name a class first (Breiman 1996). The mean of the probabilities, with a weight that
     * is less than any difference of two counts, decides between equal ones and keeps the logarithm finite.
     */
    MAJORITY_VOTE {
        @Override
        public Value of(GraphBuilder g, List<Value> logits) {
            Value votes = mean(g, logits, each -> g.oneHot(g.argMax(each, 1), g.extent(each, 1), ElementType.FLOAT32));
            Value probability = mean(g, logits, each -> g.softmax(each, 1));
            double tie = 1.0 / (4 * logits.size());
            return g.log(g.add(g.mul(votes, 1 - tie), g.mul(probability, tie)));
        }
    };

    /**
     * The joint logits.
     *
     * @param logits of each member, at least one
     */
    public abstract Value of(GraphBuilder g, List<Value> logits);

    private static Value mean(GraphBuilder g, List<Value> logits, UnaryOperator<Value> score) {
        Value[] scores = logits.stream().map(score).toArray(Value[]::new);
        return g.mul(g.op("Sum", scores), 1.0 / scores.length);
    }
}
