package org.menagerie.explain.imagine;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.menagerie.explain.Target;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;
import org.menagerie.spi.Tensor;

/**
 * How far a picture's activations are from those of one picture, and its Gram matrices from those of another; negative, because
 * scores are climbed. The distance at each layer is the squared difference, divided by the squared size of what is wanted, so
 * that weights mean the same at all layers and in all networks.
 *
 * @param content layers whose activations count
 * @param style layers whose Gram matrices count
 * @param shown the activations that are wanted, by layer
 * @param painted the activations whose Gram matrices are wanted, by layer
 */
record StyleLoss(
        WeightedLayers content,
        WeightedLayers style,
        Map<String, Tensor> shown,
        Map<String, Tensor> painted,
        double contentWeight,
        double styleWeight)
        implements Target {
    @Override
    public String words() {
        return "content and style";
    }

    @Override
    public Value score(GraphBuilder g, Function<String, Value> network) {
        Value sum = null;
        for (Map.Entry<Value, Double> each : content.byValue().entrySet()) {
            String name = each.getKey().name();
            Value wanted = g.constant(Objects.requireNonNull(shown.get(name)));
            sum = plus(
                    g, sum, distance(g, network.apply(name), wanted), contentWeight * each.getValue() / total(content));
        }
        for (Map.Entry<Value, Double> each : style.byValue().entrySet()) {
            String name = each.getKey().name();
            Value wanted = gram(g, g.constant(Objects.requireNonNull(painted.get(name))));
            sum = plus(
                    g,
                    sum,
                    distance(g, gram(g, network.apply(name)), wanted),
                    styleWeight * each.getValue() / total(style));
        }
        return g.neg(Objects.requireNonNull(sum));
    }

    private static double total(WeightedLayers layers) {
        return layers.byValue().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    private static Value plus(GraphBuilder g, @Nullable Value sum, Value part, double weight) {
        Value weighted = g.mul(part, weight);
        return sum == null ? weighted : g.add(sum, weighted);
    }

    /** f32[1]. */
    private static Value distance(GraphBuilder g, Value found, Value wanted) {
        Value difference = g.reshape(g.sub(found, wanted), 1, -1);
        return g.div(g.sum(g.square(difference), 1), g.sum(g.square(g.reshape(wanted, 1, -1)), 1));
    }

    /** The products of all pairs of channels, f32[1,C,C], as means over the map's places. */
    private static Value gram(GraphBuilder g, Value map) {
        Value channels = g.reshape(map, 0, 0, -1);
        Value products = g.matMul(channels, g.transpose(channels, 0, 2, 1));
        long places = map.dim(2).value() * map.dim(3).value();
        return g.mul(products, 1.0 / places);
    }
}
