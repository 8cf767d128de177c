package org.menagerie.explain.imagine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.menagerie.explain.Layers.Layer;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;
import org.menagerie.spi.ZooException;

/** Chooses layers by the size of their maps where the user named none. */
final class MapChoice {
    private static final Set<String> ACTIVATIONS =
            Set.of("Relu", "LeakyRelu", "PRelu", "Elu", "Selu", "Celu", "Clip", "HardSwish", "Tanh", "Softplus");

    /** The maps after activation functions by how much smaller than the picture they are, in the order of the network. */
    private final TreeMap<Integer, List<String>> byShrink = new TreeMap<>();

    MapChoice(Easel easel, Canvas own) {
        List<Layer> layers = easel.sizedLayers().all();
        add(layers, own, true);
        if (byShrink.isEmpty()) {
            add(layers, own, false);
        }
        if (byShrink.isEmpty()) {
            throw new ZooException("Network '%s' has no layer that is a map; name layers that are"
                    .formatted(easel.network().name()));
        }
    }

    private void add(List<Layer> layers, Canvas own, boolean activations) {
        for (Layer layer : layers) {
            Value value = layer.value();
            boolean fits = activations ? isActivation(value) : layer.operator().equals("Conv");
            if (fits && value.isTyped() && value.rank() == 4 && value.dim(2).isFixed()) {
                long height = value.dim(2).value();
                if (height > 1 && height <= own.height()) {
                    byShrink.computeIfAbsent((int) Math.round((double) own.height() / height), s -> new ArrayList<>())
                            .add(layer.name());
                }
            }
        }
    }

    /** A named activation function, or a value times its own sigmoid. */
    private static boolean isActivation(Value value) {
        Node node = value.producer().orElse(null);
        if (node == null) {
            return false;
        }
        return ACTIVATIONS.contains(node.op())
                || (node.op().equals("Mul") && (isGateOf(node.in(0), node.in(1)) || isGateOf(node.in(1), node.in(0))));
    }

    private static boolean isGateOf(Value gate, Value value) {
        return gate.producer()
                .filter(node -> node.op().equals("Sigmoid") || node.op().equals("HardSigmoid"))
                .filter(node -> node.in(0).equals(value))
                .isPresent();
    }

    /** The maps of the greatest size that is at least so much smaller than the picture, or of the smallest size there is. */
    private List<String> at(int shrink) {
        return byShrink.tailMap(shrink, true).values().stream()
                .findFirst()
                .orElseGet(() -> byShrink.descendingMap().values().iterator().next());
    }

    String last(int shrink) {
        List<String> names = at(shrink);
        return names.get(names.size() - 1);
    }

    /** The second, as the paper on style has it, or the only one. */
    String second(int shrink) {
        List<String> names = at(shrink);
        return names.get(Math.min(1, names.size() - 1));
    }

    /** The first of each size. */
    List<String> firsts(int most) {
        return byShrink.values().stream().limit(most).map(names -> names.get(0)).toList();
    }
}
