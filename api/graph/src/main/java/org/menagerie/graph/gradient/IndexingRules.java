package org.menagerie.graph.gradient;

import static java.util.Map.entry;
import static org.menagerie.graph.gradient.Rule.grads;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Dim;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;
import org.menagerie.spi.ElementType;

/** Gathering and scattering by index. */
final class IndexingRules {
    static final Map<String, Rule> RULES = Map.ofEntries(
            entry("Gather", Rule.of(IndexingRules::gather)),
            entry("GatherElements", Rule.of((g, n, dy) -> grads(gatherElements(g, n, dy), null))),
            entry("GatherND", Rule.of(IndexingRules::gatherNd)),
            entry("Compress", Rule.of(IndexingRules::compress)),
            entry(
                    "ReverseSequence",
                    Rule.of((g, n, dy) -> grads(g.op("ReverseSequence", n.attributes(), dy, n.in(1)), null))),
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

    /** The attribute of that name, counted from the start. */
    private static int axis(Node n) {
        int axis = (int) n.attributes().getInt("axis", 0);
        return axis < 0 ? axis + n.in(0).rank() : axis;
    }

    private static boolean added(Node n) {
        String reduction = n.attributes().getText("reduction", "none");
        if (!reduction.equals("none") && !reduction.equals("add")) {
            throw new GraphException(
                    "%s: no gradient for reduction '%s'; 'none' and 'add' have one".formatted(n, reduction));
        }
        return reduction.equals("add");
    }

    /**
     * Elements of dy added at their indices. Where one is taken from each line along the axis, as a label's score is, the
     * places of the line are compared with its index: half the time of scattering on the CPU.
     */
    private static Value gatherElements(GraphBuilder g, Node n, Value dy) {
        Value x = n.in(0);
        int axis = axis(n);
        List<Dim> lines = x.type().withDim(axis, Dim.of(1)).dims();
        if (!x.dim(axis).isFixed() || !lines.equals(n.in(1).type().dims())) {
            return g.scatterAdd(g.fullLike(x, 0), n.in(1), dy, axis);
        }
        Value counted = g.longs(LongStream.range(0, x.dim(axis).value()).toArray());
        Value places = g.along(counted, axis, x.rank());
        return g.mul(g.cast(g.equal(nonNegative(g, n.in(1), x, axis), places), dy.element()), dy);
    }

    /** Slices of dy added at their indices. */
    private static List<@Nullable Value> gather(GraphBuilder g, Node n, Value dy) {
        Value x = n.in(0);
        Value indices = n.in(1);
        int axis = axis(n);
        if (indices.rank() == 0) {
            return grads(unpicked(g, g.unsqueeze(dy, axis), g.unsqueeze(indices, 0), x, axis), null);
        }
        boolean single = indices.type().dims().equals(List.of(Dim.of(1)));
        return grads(
                single
                        ? unpicked(g, dy, indices, x, axis)
                        : addedAt(g, dy, nonNegative(g, indices, x, axis), g.shapeOf(x), x.rank(), axis),
                null);
    }

    /** One slice, of extent 1 along the axis, back at its index [1] with zeros around. */
    private static Value unpicked(GraphBuilder g, Value dy, Value index, Value x, int axis) {
        Dim extent = x.dim(axis);
        return index.contents()
                .map(known -> known.get(0))
                .filter(place -> place.isFixed() && extent.isFixed())
                .map(place -> place.value() < 0 ? place.value() + extent.value() : place.value())
                .map(place -> g.padAxis(dy, axis, place, extent.value() - 1 - place))
                .orElseGet(() -> placedAt(g, dy, nonNegative(g, index, x, axis), g.shapeOf(x), x.rank(), axis));
    }

    /** Slices of dy added at their places, as rows of a table that has the indexed axes as one. */
    private static List<@Nullable Value> gatherNd(GraphBuilder g, Node n, Value dy) {
        Value x = n.in(0);
        int batch = (int) n.attributes().getInt("batch_dims", 0);
        Value indices = batch == 0 ? n.in(1) : withBatchIndices(g, n.in(1), batch);
        int depth = (int) indices.dim(-1).value();
        Value rows = g.scalar(ElementType.INT64, 0);
        Value count = g.scalar(ElementType.INT64, 1);
        for (int axis = 0; axis < depth; axis++) {
            Value column = g.squeeze(g.slice(indices, -1, axis, axis + 1), -1);
            rows = g.add(g.mul(rows, g.extent(x, axis)), nonNegative(g, column, x, axis));
            count = g.mul(count, g.extent(x, axis));
        }
        Value rest = g.slice(g.shapeOf(x), 0, depth, x.rank());
        Value table = AddedRows.repeated(g, dy, rows, g.concat(0, g.reshape(count, 1), rest));
        return grads(g.reshapeLike(table, x), null);
    }

    /**
     * Slices added into zeros: the adjoint of gathering slices along an axis.
     *
     * @param slices with the axes of the indices in the place of the axis
     * @param indices not negative, i64
     * @param shape of the result, i64[rank]
     */
    static Value addedAt(GraphBuilder g, Value slices, Value indices, Value shape, int rank, int axis) {
        return rowsFirst(g, AddedRows::repeated, slices, indices, shape, rank, axis);
    }

    /** As {@link #addedAt}, of indices that do not repeat. */
    static Value placedAt(GraphBuilder g, Value slices, Value indices, Value shape, int rank, int axis) {
        return rowsFirst(g, AddedRows::distinct, slices, indices, shape, rank, axis);
    }

    /** Puts rows into a table of a shape. */
    private interface Table {
        Value of(GraphBuilder g, Value rows, Value indices, Value shape);
    }

    private static Value rowsFirst(
            GraphBuilder g, Table table, Value slices, Value indices, Value shape, int rank, int axis) {
        if (axis == 0) {
            return table.of(g, slices, indices, shape);
        }
        Value rows = g.transpose(slices, rotated(slices.rank(), axis, indices.rank()));
        int[] toFront = rotated(rank, axis, 1);
        Value front =
                g.gather(shape, g.longs(Arrays.stream(toFront).asLongStream().toArray()), 0);
        return g.transpose(table.of(g, rows, indices, front), inverse(toFront));
    }

    /** dy back where the condition held. */
    private static List<@Nullable Value> compress(GraphBuilder g, Node n, Value dy) {
        Value x = n.in(0);
        Value kept = g.reshape(g.op("NonZero", n.in(1)), -1);
        if (!n.attributes().has("axis")) {
            Value size = g.reshape(g.op("Size", x), 1);
            return grads(g.reshapeLike(placedAt(g, dy, kept, size, 1, 0), x), null);
        }
        return grads(placedAt(g, dy, kept, g.shapeOf(x), x.rank(), axis(n)), null);
    }

    /** Indices that also name the batch: places 0, 1, … along each leading axis, put before the given ones. */
    private static Value withBatchIndices(GraphBuilder g, Value indices, int batch) {
        List<Value> columns = new ArrayList<>();
        Value zero = g.mul(g.slice(indices, -1, 0, 1), g.scalar(indices.element(), 0));
        for (int axis = 0; axis < batch; axis++) {
            Value places = g.op(
                    "Range", g.scalar(indices.element(), 0), g.extent(indices, axis), g.scalar(indices.element(), 1));
            columns.add(g.add(zero, g.along(places, axis, indices.rank())));
        }
        columns.add(indices);
        return g.concat(-1, columns);
    }

    /** Indices that count from the end, counted from the start. */
    private static Value nonNegative(GraphBuilder g, Value indices, Value x, int axis) {
        Value wide = g.cast(indices, ElementType.INT64);
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
