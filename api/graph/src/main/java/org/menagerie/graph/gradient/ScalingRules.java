package org.menagerie.graph.gradient;

import static java.util.Map.entry;
import static org.menagerie.graph.gradient.Rule.grads;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;

/** Normalisation without parameters: each element is scaled by a statistic of those around it. */
final class ScalingRules {
    /** What ONNX Runtime adds to the deviation in MeanVarianceNormalization. */
    private static final double DEVIATION_EPSILON = 1e-9;

    static final Map<String, Rule> RULES = Map.ofEntries(
            entry("LRN", Rule.of(ScalingRules::localResponse)),
            entry("MeanVarianceNormalization", Rule.of(ScalingRules::meanVariance)),
            entry("LpNormalization", Rule.of(ScalingRules::lp)));

    private ScalingRules() {}

    /**
     * y = x·D^−β with D = bias + α/size·S and S the sum of squares over a window of channels (Krizhevsky 2012, section
     * 3.3): dx = dy·D^−β − 2αβ/size·x·Σ' dy·y/D, summed over the windows that x is in.
     */
    private static List<@Nullable Value> localResponse(GraphBuilder g, Node n, Value dy) {
        Value x = n.in(0);
        int size = (int) n.attributes().getInt("size", 1);
        double alpha = n.attributes().getFloat("alpha", 1e-4f);
        double beta = n.attributes().getFloat("beta", 0.75f);
        double bias = n.attributes().getFloat("bias", 1);
        int before = (size - 1) / 2;
        int after = size - 1 - before;
        Value d = g.add(g.mul(channelSum(g, g.square(x), before, after), alpha / size), bias);
        Value around = channelSum(g, g.div(g.mul(dy, n.out()), d), after, before);
        Value direct = g.mul(dy, g.pow(d, -beta));
        return grads(g.sub(direct, g.mul(g.mul(x, around), 2 * alpha * beta / size)));
    }

    /** Each channel with those before and after it summed, zeros beyond the ends. */
    private static Value channelSum(GraphBuilder g, Value x, int before, int after) {
        long channels = x.dim(1).value();
        Value padded = g.padAxis(x, 1, before, after);
        Value[] shifted = new Value[before + after + 1];
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] = g.slice(padded, 1, i, i + channels);
        }
        return shifted.length == 1 ? shifted[0] : g.op("Sum", shifted);
    }

    /** y = (x − mean)/σ: dx = (dy − mean(dy) − y·mean(dy·y))/σ. */
    private static List<@Nullable Value> meanVariance(GraphBuilder g, Node n, Value dy) {
        Value x = n.in(0);
        int[] axes = Arrays.stream(n.attributes().getInts("axes", 0, 2, 3))
                .mapToInt(Math::toIntExact)
                .toArray();
        Value variance = g.meanKeep(g.square(g.sub(x, g.meanKeep(x, axes))), axes);
        Value deviation = g.add(g.sqrt(variance), DEVIATION_EPSILON);
        Value centred = g.sub(dy, g.meanKeep(dy, axes));
        Value along = g.mul(n.out(), g.meanKeep(g.mul(dy, n.out()), axes));
        return grads(g.div(g.sub(centred, along), deviation));
    }

    /** y = x/‖x‖: dx = (dy − s·Σ dy·y)/‖x‖ with s the sign of x for p = 1, y for p = 2. */
    private static List<@Nullable Value> lp(GraphBuilder g, Node n, Value dy) {
        Value x = n.in(0);
        long p = n.attributes().getInt("p", 2);
        if (p != 1 && p != 2) {
            throw new GraphException("%s: no gradient for p = %d; 1 and 2 have one".formatted(n, p));
        }
        int axis = (int) n.attributes().getInt("axis", -1);
        Value norm = g.reduce(p == 1 ? "ReduceL1" : "ReduceL2", x, true, axis);
        Value direction = p == 1 ? g.sign(x) : n.out();
        Value along = g.mul(direction, g.sumKeep(g.mul(dy, n.out()), axis));
        return grads(g.div(g.sub(dy, along), norm));
    }
}
