package org.menagerie.graph.gradient;

import static java.util.Map.entry;
import static org.menagerie.graph.gradient.Rule.grads;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** Normalisation and dropout. */
final class NormalizationRules {
    static final Map<String, Rule> RULES = Map.ofEntries(
            entry("BatchNormalization", NormalizationRules::batchNormalization),
            entry("LayerNormalization", NormalizationRules::layerNormalization),
            entry("com.microsoft.SkipLayerNormalization", Rule.of(NormalizationRules::skipLayerNormalization)),
            entry("InstanceNormalization", Rule.of(NormalizationRules::instanceNormalization)),
            entry("Dropout", Rule.of(NormalizationRules::dropout)));

    private NormalizationRules() {}

    private static int[] allBut(int kept, int rank) {
        return IntStream.range(0, rank).filter(axis -> axis != kept).toArray();
    }

    private static Value perChannel(GraphBuilder g, Value vector, int rank) {
        return rank == 2 ? vector : g.along(vector, 0, rank - 1);
    }

    private static List<@Nullable Value> batchNormalization(GraphBuilder g, Node n, List<@Nullable Value> dys) {
        return n.attributes().getFlag("training_mode") ? batchStatistics(g, n, dys) : runningStatistics(g, n, dys);
    }

    /**
     * With c = x − mean, inv = 1/√(var + ε), A = γ·inv, s = Σdy, q = Σdy·c over M elements a channel: dβ = s; dγ =
     * q·inv; dx = dy·A + (c·(−A·inv²·q/M) − A·s/M). The running outputs are the old statistics times the momentum and
     * the batch's times what is left of 1: a gradient of the batch's mean adds itself/M, one of its variance 2c/M times
     * itself.
     */
    private static List<@Nullable Value> batchStatistics(GraphBuilder g, Node n, List<@Nullable Value> dys) {
        Value x = n.in(0);
        int rank = x.rank();
        int[] axes = allBut(1, rank);
        Value mean =
                n.outputs().size() > 2 && n.attributes().getFloat("momentum", 0.9f) == 0 ? n.out(1) : g.mean(x, axes);
        Value c = g.sub(x, perChannel(g, mean, rank));
        Value variance = n.outputs().size() > 2 && n.attributes().getFloat("momentum", 0.9f) == 0
                ? n.out(2)
                : g.mean(g.square(c), axes);
        Value inv = g.reciprocal(g.sqrt(g.add(variance, n.attributes().getFloat("epsilon", 1e-5f))));
        Value count = g.count(x, x.element(), axes);
        Value dx = null;
        Value dGamma = null;
        Value dBeta = null;
        Value dy = dys.get(0);
        if (dy != null) {
            Value a = g.mul(n.in(1), inv);
            dBeta = g.sum(dy, axes);
            Value q = g.sum(g.mul(dy, c), axes);
            dGamma = g.mul(q, inv);
            Value slope = g.neg(g.div(g.mul(g.mul(a, g.square(inv)), q), count));
            Value shift = g.neg(g.div(g.mul(a, dBeta), count));
            dx = g.add(
                    g.mul(dy, perChannel(g, a, rank)),
                    g.add(g.mul(c, perChannel(g, slope, rank)), perChannel(g, shift, rank)));
        }
        double momentum = n.attributes().getFloat("momentum", 0.9f);
        Value dMean = dys.size() > 1 ? dys.get(1) : null;
        if (dMean != null) {
            Value ofBatch = momentum == 0 ? dMean : g.mul(dMean, 1 - momentum);
            dx = plus(g, dx, g.expand(perChannel(g, g.div(ofBatch, count), rank), g.shapeOf(x)));
        }
        Value dVariance = dys.size() > 2 ? dys.get(2) : null;
        if (dVariance != null) {
            Value slope = g.div(g.mul(dVariance, 2 * (1 - momentum)), count);
            dx = plus(g, dx, g.mul(c, perChannel(g, slope, rank)));
        }
        return grads(
                dx,
                orZero(g, dGamma, n.in(1)),
                orZero(g, dBeta, n.in(2)),
                dMean == null ? g.fullLike(n.in(3), 0) : g.mul(dMean, momentum),
                dVariance == null ? g.fullLike(n.in(4), 0) : g.mul(dVariance, momentum));
    }

    private static Value orZero(GraphBuilder g, @Nullable Value gradient, Value like) {
        return gradient == null ? g.fullLike(like, 0) : gradient;
    }

    private static Value plus(GraphBuilder g, @Nullable Value a, Value b) {
        return a == null ? b : g.add(a, b);
    }

    /** y = (x − mean)·γ/√(var + ε) + β with statistics that do not depend on x. */
    private static List<@Nullable Value> runningStatistics(GraphBuilder g, Node n, List<@Nullable Value> dys) {
        Value dy = dys.get(0);
        if (dy == null) {
            return List.of();
        }
        Value x = n.in(0);
        int rank = x.rank();
        int[] axes = allBut(1, rank);
        Value inv = g.reciprocal(g.sqrt(g.add(n.in(4), n.attributes().getFloat("epsilon", 1e-5f))));
        Value scale = g.mul(n.in(1), inv);
        Value sum = g.sum(dy, axes);
        Value q = g.sum(g.mul(dy, g.sub(x, perChannel(g, n.in(3), rank))), axes);
        Value dVariance = g.mul(g.mul(q, -0.5), g.mul(scale, g.square(inv)));
        return grads(g.mul(dy, perChannel(g, scale, rank)), g.mul(q, inv), sum, g.neg(g.mul(sum, scale)), dVariance);
    }

    /**
     * With x̂ = (x − mean)·inv and h = dy·γ: dx = inv·(h − mean(h) − x̂·mean(h·x̂)); dγ = Σdy·x̂; dβ = Σdy. A gradient of
     * the mean spreads evenly; one of inv, the inverse deviation, gives −inv²·x̂/D times itself.
     */
    private static List<@Nullable Value> layerNormalization(GraphBuilder g, Node n, List<@Nullable Value> dys) {
        int axis = (int) n.attributes().getInt("axis", -1);
        double epsilon = n.attributes().getFloat("epsilon", 1e-5f);
        Statistics statistics = n.outputs().size() == 3 && n.in(0).element() == ElementType.FLOAT32
                ? new Statistics(n.out(1), n.out(2))
                : Statistics.of(g, n.in(0), axis, epsilon);
        List<@Nullable Value> gradients = layerNormalization(g, n.in(0), n.in(1), axis, statistics, dys);
        gradients.set(1, orZero(g, gradients.get(1), n.in(1)));
        gradients.set(2, n.has(2) ? orZero(g, gradients.get(2), n.in(2)) : null);
        return gradients;
    }

    /** What layer normalisation computes on the way; the operator gives it in float32 only. */
    private record Statistics(Value mean, Value inverseDeviation) {
        static Statistics of(GraphBuilder g, Value x, int axis, double epsilon) {
            if (x.element() == ElementType.FLOAT32) {
                Value ones = g.constant(Tensor.of(new float[] {1}, 1));
                Value scale = g.expand(ones, g.op("Shape", Attributes.of("start", axis), x));
                Attributes attributes = Attributes.of("axis", axis).with("epsilon", epsilon);
                List<Value> outputs = g.ops("LayerNormalization", attributes, 3, x, scale);
                return new Statistics(outputs.get(1), outputs.get(2));
            }
            int[] axes = axesFrom(axis, x.rank());
            Value mean = g.meanKeep(x, axes);
            Value variance = g.meanKeep(g.square(g.sub(x, mean)), axes);
            return new Statistics(mean, g.reciprocal(g.sqrt(g.add(variance, epsilon))));
        }
    }

    private static int[] axesFrom(int axis, int rank) {
        return IntStream.range(axis < 0 ? axis + rank : axis, rank).toArray();
    }

    private static List<@Nullable Value> layerNormalization(
            GraphBuilder g, Value x, Value gamma, int axis, Statistics statistics, List<@Nullable Value> dys) {
        int[] axes = axesFrom(axis, x.rank());
        Value inv = statistics.inverseDeviation();
        Value xHat = g.mul(g.sub(x, statistics.mean()), inv);
        Value dx = null;
        Value dGamma = null;
        Value dBeta = null;
        Value dy = dys.get(0);
        if (dy != null) {
            Value h = g.mul(dy, gamma);
            Value centred = g.sub(h, g.meanKeep(h, axes));
            dx = g.mul(inv, g.sub(centred, g.mul(xHat, g.meanKeep(g.mul(h, xHat), axes))));
            dGamma = g.mul(dy, xHat);
            dBeta = dy;
        }
        Value count = g.count(x, x.element(), axes);
        Value dMean = dys.size() > 1 ? dys.get(1) : null;
        if (dMean != null) {
            dx = plus(g, dx, g.expand(g.div(dMean, count), g.shapeOf(x)));
        }
        Value dInv = dys.size() > 2 ? dys.get(2) : null;
        if (dInv != null) {
            dx = plus(g, dx, g.neg(g.mul(xHat, g.div(g.mul(dInv, g.square(inv)), count))));
        }
        return grads(dx, dGamma, dBeta);
    }

    /** Layer normalisation of input + skip + bias, each of which gets the gradient of the sum. */
    private static List<@Nullable Value> skipLayerNormalization(GraphBuilder g, Node n, Value dy) {
        Value sum = g.add(n.in(0), n.in(1));
        Value biased = n.has(4) ? g.add(sum, n.in(4)) : sum;
        Statistics statistics = Statistics.of(g, biased, -1, n.attributes().getFloat("epsilon", 1e-12f));
        List<@Nullable Value> gradients = layerNormalization(g, biased, n.in(2), -1, statistics, grads(dy));
        Value dx = gradients.get(0);
        return grads(dx, dx, gradients.get(1), gradients.get(2), dx);
    }

    /** As layer normalisation, with statistics for each example and channel over its spatial axes. */
    private static List<@Nullable Value> instanceNormalization(GraphBuilder g, Node n, Value dy) {
        Value x = n.in(0);
        int rank = x.rank();
        int[] spatial = IntStream.range(2, rank).toArray();
        Value c = g.sub(x, g.meanKeep(x, spatial));
        Value variance = g.meanKeep(g.square(c), spatial);
        Value inv = g.reciprocal(g.sqrt(g.add(variance, n.attributes().getFloat("epsilon", 1e-5f))));
        Value xHat = g.mul(c, inv);
        Value h = g.mul(dy, perChannel(g, n.in(1), rank));
        Value centred = g.sub(h, g.meanKeep(h, spatial));
        Value dx = g.mul(inv, g.sub(centred, g.mul(xHat, g.meanKeep(g.mul(h, xHat), spatial))));
        int[] axes = allBut(1, rank);
        return grads(dx, g.sum(g.mul(dy, xHat), axes), g.sum(dy, axes));
    }

    /** The mask that the forward pass drew, and its scale; without a training flag dropout is the identity. */
    private static List<@Nullable Value> dropout(GraphBuilder g, Node n, Value dy) {
        if (!n.has(2)) {
            return grads(dy, null, null);
        }
        if (n.outputs().size() < 2) {
            throw new org.menagerie.graph.GraphException(n + " drops in training but does not give its mask");
        }
        Value ratio = n.has(1) ? g.cast(n.in(1), dy.element()) : g.scalar(dy.element(), 0.5);
        Value scale = g.reciprocal(g.sub(g.scalar(dy.element(), 1), ratio));
        Value scaled = g.mul(g.mul(dy, g.cast(n.out(1), dy.element())), scale);
        return grads(g.where(n.in(2), scaled, dy), null, null);
    }
}
