package org.menagerie.graph.gradient;

import static java.util.Map.entry;
import static org.menagerie.graph.gradient.Rule.grads;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;

/** Gathering and scattering by index. */
final class IndexingRules {
    static final Map<String, Rule> RULES = Map.ofEntries(
            entry("Gather", Rule.of(IndexingRules::gather)),
            entry("GatherElements", Rule.of((g, n, dy) -> {
                int axis = (int) n.attributes().getInt("axis", 0);
                return grads(g.scatterAdd(g.fullLike(n.in(0), 0), n.in(1), dy, axis), null);
            })),
            entry("GatherND", Rule.of((g, n, dy) -> {
                if (n.attributes().getInt("batch_dims", 0) != 0) {
                    throw new GraphException(n + ": no gradient for batch_dims other than 0");
                }
                Attributes add = Attributes.of("reduction", "add");
                return grads(g.op("ScatterND", add, g.fullLike(n.in(0), 0), n.in(1), dy), null);
            })),
            entry("ScatterElements", Rule.of((g, n, dy) -> {
                int axis = (int) n.attributes().getInt("axis", 0);
                Value updates = g.gatherElements(dy, n.in(1), axis);
                if (added(n)) {
                    return grads(dy, null, updates);
                }
                Value zeros = g.fullLike(n.in(2), 0);
                return grads(g.op("ScatterElements", n.attributes(), dy, n.in(1), zeros), null, updates);
            })),
            entry("ScatterND", Rule.of((g, n, dy) -> {
                Value updates = g.op("GatherND", dy, n.in(1));
                if (added(n)) {
                    return grads(dy, null, updates);
                }
                Value zeros = g.fullLike(n.in(2), 0);
                return grads(g.op("ScatterND", n.attributes(), dy, n.in(1), zeros), null, updates);
            })));

    private IndexingRules() {}

    private static boolean added(Node n) {
        String reduction = n.attributes().getText("reduction", "none");
        if (!reduction.equals("none") && !reduction.equals("add")) {
            throw new GraphException(
                    "%s: no gradient for reduction '%s'; 'none' and 'add' have one".formatted(n, reduction));
        }
        return reduction.equals("add");
    }

    /** Rows of dy added at their indices: one scatter of whole slices along the first axis. */
    private static List<@Nullable Value> gather(GraphBuilder g, Node n, Value dy) {
        Value x = n.in(0);
        Value indices = n.in(1);
        int axis = (int) n.attributes().getInt("axis", 0);
        int from = axis < 0 ? axis + x.rank() : axis;
        int[] toFront = rotated(dy.rank(), from, indices.rank());
        Value rows = from == 0 ? dy : g.transpose(dy, toFront);
        int[] xToFront = rotated(x.rank(), from, 1);
        Value zeros = g.fullLike(from == 0 ? x : g.transpose(x, xToFront), 0);
        Value scattered = g.op(
                "ScatterND",
                Attributes.of("reduction", "add"),
                zeros,
                g.unsqueeze(nonNegative(g, indices, x, from), indices.rank()),
                rows);
        return grads(from == 0 ? scattered : g.transpose(scattered, inverse(xToFront)), null);
    }

    /** Indices that count from the end, counted from the start. */
    private static Value nonNegative(GraphBuilder g, Value indices, Value x, int axis) {
        Value wide = g.cast(indices, org.menagerie.spi.ElementType.INT64);
        Value negative = g.less(wide, g.scalar(wide.element(), 0));
        return g.where(negative, g.add(wide, g.extent(x, axis)), wide);
    }

    /** The permutation that brings some axes to the front and keeps the others' order. */
    private static int[] rotated(int rank, int from, int count) {
        int[] permutation = new int[rank];
        for (int i = 0; i < rank; i++) {
            permutation[i] = i < count ? from + i : i < count + from ? i - count : i;
        }
        return permutation;
    }

    private static int[] inverse(int[] permutation) {
        int[] inverse = new int[permutation.length];
        for (int i = 0; i < permutation.length; i++) {
            inverse[permutation[i]] = i;
        }
        return inverse;
    }
}
