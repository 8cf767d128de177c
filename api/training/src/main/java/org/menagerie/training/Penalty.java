package org.menagerie.training;

import java.util.ArrayList;
import java.util.List;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Parameter;
import org.menagerie.graph.Value;

/**
 * What large weights cost: added to the loss. L2 is the negative logarithm of a Gaussian prior of variance 1/l2, L1 that
 * of a Laplace prior of scale 1/l1 (Bishop 2006, sections 1.2.5 and 3.1.4). Biases and norms' scales, which have one
 * axis, are left alone.
 *
 * @param l1 weight of Σ|w|
 * @param l2 weight of ½Σw²
 */
public record Penalty(double l1, double l2) {
    public static final Penalty NONE = new Penalty(0, 0);

    public Penalty {
        if (!(l1 >= 0 && l2 >= 0)) {
            throw new IllegalArgumentException("Penalties must not be negative; found l1 %s, l2 %s".formatted(l1, l2));
        }
    }

    Value addTo(GraphBuilder g, Value loss, List<Parameter> parameters) {
        List<Value> terms = new ArrayList<>(List.of(loss));
        for (Parameter parameter : parameters) {
            if (parameter.value().rank() > 1) {
                if (l1 > 0) {
                    terms.add(g.mul(g.reduce("ReduceL1", parameter.value(), false), l1));
                }
                if (l2 > 0) {
                    terms.add(g.mul(g.reduce("ReduceSumSquare", parameter.value(), false), l2 / 2));
                }
            }
        }
        return terms.size() == 1 ? loss : g.op("Sum", terms.toArray(Value[]::new));
    }
}
