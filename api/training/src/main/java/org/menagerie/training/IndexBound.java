package org.menagerie.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Dim;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;

/**
 * What an input of indices, such as labels or tokens, may hold, as its network shows by what it does with it: an embedding
 * has so many rows, a loss tells so many classes apart. ONNX does not refuse other numbers: an index of −1 means the last
 * row, and a one-hot vector of an index beyond its depth is zero, so that a loss learns nothing from it.
 *
 * @param input by name
 * @param count indices lie in [0, count)
 * @param exempt numbers that the network compares the input with, and so treats by itself, such as padding
 * @param signed whether the network tells negative numbers apart, as those of places without an object
 */
record IndexBound(String input, long count, Set<Long> exempt, boolean signed) {
    /**
     * Operators that move elements and change none. The elements are those of their first input, those of any for Concat, and
     * those of either choice for Where, which may replace what a network ignores.
     */
    private static final Set<String> MOVING = Set.of(
            "Identity",
            "Reshape",
            "Flatten",
            "Squeeze",
            "Unsqueeze",
            "Transpose",
            "Slice",
            "Expand",
            "Tile",
            "Concat",
            "Split",
            "Cast",
            "DepthToSpace",
            "SpaceToDepth",
            "ReverseSequence",
            "Where");

    private static final Set<String> COMPARING = Set.of("Less", "LessOrEqual", "Greater", "GreaterOrEqual");

    IndexBound {
        exempt = Set.copyOf(exempt);
    }

    boolean allows(long index) {
        return index < 0 ? signed || exempt.contains(index) : index < count || exempt.contains(index);
    }

    /** The bounds that the nodes of a network and its loss set to its inputs. */
    static List<IndexBound> of(List<Value> inputs, List<Node> nodes) {
        Map<Value, Value> origins = new HashMap<>();
        for (Value input : inputs) {
            if (!input.element().isFloating()) {
                origins.put(input, input);
            }
        }
        Map<Value, Long> counts = new LinkedHashMap<>();
        Map<Value, Set<Long>> exempt = new HashMap<>();
        Set<Value> signed = new HashSet<>();
        for (Node node : nodes) {
            if (MOVING.contains(node.op())) {
                moved(node, origins).ifPresent(origin -> node.outputs().forEach(output -> origins.put(output, origin)));
                continue;
            }
            indexed(node, origins).ifPresent(found -> counts.merge(found.input(), found.count(), Math::min));
            compared(node, origins).ifPresent(found -> {
                if (COMPARING.contains(node.op())) {
                    signed.add(found.input());
                } else {
                    exempt.computeIfAbsent(found.input(), key -> new HashSet<>())
                            .add(found.count());
                }
            });
        }
        List<IndexBound> bounds = new ArrayList<>();
        counts.forEach((input, count) -> bounds.add(
                new IndexBound(input.name(), count, exempt.getOrDefault(input, Set.of()), signed.contains(input))));
        return bounds;
    }

    /** An input, and a number that a node sets beside it. */
    private record Found(Value input, long count) {}

    /** The input whose elements a node moves; none where it mixes several, or makes other numbers of them. */
    private static Optional<Value> moved(Node node, Map<Value, Value> origins) {
        boolean other = node.outputs().get(0).element().isFloating();
        return other
                ? Optional.empty()
                : sources(node).stream()
                        .map(origins::get)
                        .filter(origin -> origin != null)
                        .findFirst();
    }

    private static List<Value> sources(Node node) {
        return switch (node.op()) {
            case "Concat" -> node.inputs();
            case "Where" -> node.inputs().subList(1, 3);
            default -> node.inputs().subList(0, 1);
        };
    }

    /** What a node looks up with an input's elements. */
    private static Optional<Found> indexed(Node node, Map<Value, Value> origins) {
        return switch (node.op()) {
            case "OneHot" ->
                found(
                        origins.get(node.in(0)),
                        node.in(1)
                                .contents()
                                .map(known -> known.get(0))
                                .or(() -> scalar(node.in(1)).map(Dim::of)));
            case "Gather", "GatherElements" -> {
                Value table = node.in(0);
                int axis = (int) node.attributes().getInt("axis", 0);
                yield found(origins.get(node.in(1)), Optional.of(table.dim(axis)));
            }
            case "SoftmaxCrossEntropyLoss", "NegativeLogLikelihoodLoss" ->
                node.attributes().has("ignore_index")
                        ? Optional.empty()
                        : found(origins.get(node.in(1)), Optional.of(node.in(0).dim(1)));
            default -> Optional.empty();
        };
    }

    private static Optional<Found> found(@Nullable Value input, Optional<Dim> count) {
        return input == null
                ? Optional.empty()
                : count.filter(Dim::isFixed).map(fixed -> new Found(input, fixed.value()));
    }

    /** A number that a node compares an input's elements with. */
    private static Optional<Found> compared(Node node, Map<Value, Value> origins) {
        if (!node.op().equals("Equal") && !COMPARING.contains(node.op())) {
            return Optional.empty();
        }
        for (int side = 0; side < 2; side++) {
            Value input = origins.get(node.in(side));
            Optional<Long> number = scalar(node.in(1 - side));
            if (input != null && number.isPresent()) {
                return Optional.of(new Found(input, number.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Long> scalar(Value value) {
        return value.constant().filter(tensor -> tensor.size() == 1).flatMap(tensor -> switch (tensor.elementType()) {
            case INT64 -> Optional.of(tensor.toLongArray()[0]);
            case INT32 -> Optional.of((long) tensor.toIntArray()[0]);
            default -> Optional.empty();
        });
    }
}
