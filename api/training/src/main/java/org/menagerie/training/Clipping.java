package org.menagerie.training;

import java.util.ArrayList;
import java.util.List;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;

/** What is done to gradients before the optimizer sees them. Their global norm is reported either way. */
public sealed interface Clipping {
    /** Nothing. */
    record None() implements Clipping {
        @Override
        public List<Value> apply(GraphBuilder g, List<Value> gradients, Value norm) {
            return gradients;
        }
    }

    /** Every element into [−limit, limit]. */
    record ByValue(double limit) implements Clipping {
        public ByValue {
            requirePositive(limit);
        }

        @Override
        public List<Value> apply(GraphBuilder g, List<Value> gradients, Value norm) {
            return gradients.stream().map(dx -> g.clip(dx, -limit, limit)).toList();
        }
    }

    /** All gradients scaled so that their global norm is at most a limit (Pascanu 2013, algorithm 1). */
    record ByNorm(double limit) implements Clipping {
        public ByNorm {
            requirePositive(limit);
        }

        @Override
        public List<Value> apply(GraphBuilder g, List<Value> gradients, Value norm) {
            Value scale = g.min(g.div(g.scalar(norm.element(), limit), g.add(norm, 1e-6)), g.scalar(norm.element(), 1));
            return gradients.stream().map(dx -> g.mul(dx, scale)).toList();
        }
    }

    List<Value> apply(GraphBuilder g, List<Value> gradients, Value norm);

    /** The root of the sum of all squared elements. */
    static Value globalNorm(GraphBuilder g, List<Value> gradients) {
        List<Value> squares = new ArrayList<>();
        gradients.forEach(dx -> squares.add(g.reduce("ReduceSumSquare", dx, false)));
        return g.sqrt(g.op("Sum", squares.toArray(Value[]::new)));
    }

    private static void requirePositive(double limit) {
        if (!(limit > 0)) {
            throw new IllegalArgumentException("Gradients are clipped to a positive limit; found " + limit);
        }
    }
}
