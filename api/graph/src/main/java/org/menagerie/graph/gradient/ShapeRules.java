package org.menagerie.graph.gradient;

import static java.util.Map.entry;
import static org.menagerie.graph.gradient.Rule.grads;
import static org.menagerie.spi.ElementType.INT64;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.Dim;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;

/** Changing, joining and cutting shapes. */
final class ShapeRules {
    static final Map<String, Rule> RULES = Map.ofEntries(
            entry("Identity", Rule.of((g, n, dy) -> grads(dy))),
            entry(
                    "Cast",
                    Rule.of((g, n, dy) -> grads(
                            n.in(0).element().isFloating() ? g.cast(dy, n.in(0).element()) : null))),
            entry(
                    "CastLike",
                    Rule.of((g, n, dy) -> grads(
                            n.in(0).element().isFloating() ? g.cast(dy, n.in(0).element()) : null,
                            g.fullLike(n.in(1), 0)))),
            entry("Reshape", Rule.of((g, n, dy) -> grads(g.reshapeLike(dy, n.in(0)), null))),
            entry("Flatten", Rule.of((g, n, dy) -> grads(g.reshapeLike(dy, n.in(0))))),
            entry("Squeeze", Rule.of((g, n, dy) -> grads(g.reshapeLike(dy, n.in(0)), null))),
            entry("Unsqueeze", Rule.of((g, n, dy) -> grads(g.reshapeLike(dy, n.in(0)), null))),
            entry("Transpose", Rule.of((g, n, dy) -> grads(g.transpose(dy, inverse(n))))),
            entry("Concat", Rule.of(ShapeRules::concat)),
            entry("Split", ShapeRules::split),
            entry("Slice", Rule.of(ShapeRules::slice)),
            entry("Pad", Rule.of(ShapeRules::pad)),
            entry("Expand", Rule.of((g, n, dy) -> grads(dy, null))),
            entry("Tile", Rule.of(ShapeRules::tile)),
            entry("DepthToSpace", Rule.of((g, n, dy) -> grads(depthToSpace(g, n, dy)))),
            entry(
                    "SpaceToDepth",
                    Rule.of((g, n, dy) -> grads(g.op(
                            "DepthToSpace",
                            Attributes.of("blocksize", n.attributes().getInt("blocksize", 1)),
                            dy)))),
            entry(
                    "Trilu",
                    Rule.of((g, n, dy) -> grads(g.op("Trilu", n.attributes(), dy, n.has(1) ? n.in(1) : null), null))));

    private ShapeRules() {}

    private static int[] inverse(Node n) {
        int rank = n.in(0).rank();
        long[] permutation = n.attributes().getInts("perm");
        int[] inverse = new int[rank];
        for (int i = 0; i < rank; i++) {
            inverse[permutation.length == 0 ? rank - 1 - i : (int) permutation[i]] = i;
        }
        return inverse;
    }

    /** Each part's slice of dy. */
    private static List<@Nullable Value> concat(GraphBuilder g, Node n, Value dy) {
        if (n.inputs().size() == 1) {
            return grads(dy);
        }
        int axis = (int) n.attributes().getInt("axis", 0);
        List<Value> sizes = new ArrayList<>();
        n.inputs().forEach(part -> {
            if (part != null) {
                sizes.add(g.reshape(g.extent(part, axis), 1));
            }
        });
        boolean fixed = n.inputs().stream()
                .allMatch(part -> part != null && part.dim(axis).isFixed());
        Value lengths = fixed
                ? g.longs(n.inputs().stream()
                        .mapToLong(part -> part == null ? 0 : part.dim(axis).value())
                        .toArray())
                : g.concat(0, sizes);
        return new ArrayList<>(
                g.ops("Split", Attributes.of("axis", axis), n.inputs().size(), dy, lengths));
    }

    private static List<@Nullable Value> split(GraphBuilder g, Node n, List<@Nullable Value> dys) {
        List<Value> parts = new ArrayList<>();
        for (int i = 0; i < n.outputs().size(); i++) {
            Value dy = dys.get(i);
            parts.add(dy == null ? g.fullLike(n.out(i), 0) : dy);
        }
        return grads(g.concat((int) n.attributes().getInt("axis", 0), parts), null);
    }

    /** dy back where it was cut from, zeros elsewhere: padding for steps of one, else a scatter of whole slices. */
    private static List<@Nullable Value> slice(GraphBuilder g, Node n, Value dy) {
        Value x = n.in(0);
        List<Dim> starts = known(n, 1);
        List<Dim> axes = n.has(3) ? known(n, 3) : null;
        Value gradient = dy;
        for (int i = 0; i < starts.size(); i++) {
            int axis = axes == null ? i : (int) axes.get(i).value();
            long step = n.has(4) ? known(n, 4).get(i).value() : 1;
            gradient = unsliced(g, gradient, x, axis < 0 ? axis + x.rank() : axis, starts.get(i), step);
        }
        return grads(gradient);
    }

    private static List<Dim> known(Node n, int input) {
        return n.in(input)
                .contents()
                .orElseThrow(() -> new GraphException(n + " has bounds that only a run can tell: no gradient"));
    }

    private static Value unsliced(GraphBuilder g, Value dy, Value x, int axis, Dim start, long step) {
        Dim extent = x.dim(axis);
        Dim length = dy.dim(axis);
        if (extent.equals(length) && step == 1) {
            return dy;
        }
        if (step == 1 && start.isFixed() && extent.isFixed() && length.isFixed()) {
            long from = Math.max(0, start.value() < 0 ? start.value() + extent.value() : start.value());
            return g.padAxis(dy, axis, from, extent.value() - from - length.value());
        }
        boolean fixed = IntStream.range(axis, x.rank())
                .allMatch(i -> x.dim(i).isFixed() && dy.dim(i).isFixed());
        if (step > 1 && fixed && length.value() > 0 && start.isFixed() && start.value() >= 0) {
            return interleaved(g, dy, axis, start.value(), step, extent.value());
        }
        return scattered(g, dy, x, axis, start, step);
    }

    /**
     * Each element followed by the zeros that the slice stepped over; cheaper than scattering. Axes from the sliced one
     * on are fixed. Every second element of a last axis comes by concatenation: padding rows of one element takes four
     * times as long.
     */
    private static Value interleaved(GraphBuilder g, Value dy, int axis, long start, long step, long extent) {
        Value apart = axis == dy.rank() - 1 && step == 2
                ? g.concat(axis + 1, g.unsqueeze(dy, axis + 1), g.unsqueeze(g.fullLike(dy, 0), axis + 1))
                : g.padAxis(g.unsqueeze(dy, axis + 1), axis + 1, 0, step - 1);
        long length = dy.dim(axis).value() * step;
        long[] shape = new long[dy.rank()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = i == axis ? length : dy.dim(i).isFixed() ? dy.dim(i).value() : 0;
        }
        return g.padAxis(g.reshape(apart, shape), axis, start, extent - start - length);
    }

    /** Index of the k-th kept element: start + k·step, with a start that may count from the end or lie beyond it. */
    private static Value scattered(GraphBuilder g, Value dy, Value x, int axis, Dim start, long step) {
        Value extent = g.extent(x, axis);
        Value first = g.scalar(INT64, (double) start.value());
        Value from = start.value() < 0 ? g.add(first, extent) : g.min(first, g.add(extent, step < 0 ? -1 : 0));
        Value count = g.op("Range", g.scalar(from.element(), 0), g.extent(dy, axis), g.scalar(from.element(), 1));
        Value indices = g.add(g.mul(count, (double) step), from);
        return IndexingRules.placedAt(g, dy, indices, shapeExcept(g, dy, x, axis), x.rank(), axis);
    }

    /** The extents of dy, but of x along one axis. */
    private static Value shapeExcept(GraphBuilder g, Value dy, Value x, int axis) {
        List<Value> extents = new ArrayList<>();
        for (int i = 0; i < x.rank(); i++) {
            extents.add(g.reshape(g.extent(i == axis ? x : dy, i), 1));
        }
        return g.concat(0, extents);
    }

    /** dy without its margins; negative padding, a crop, is padded back. What was copied into margins adds up. */
    private static List<@Nullable Value> pad(GraphBuilder g, Node n, Value dy) {
        String mode = n.attributes().getText("mode", "constant");
        if (!mode.equals("constant")) {
            long[] pads = known(n, 1).stream().mapToLong(Dim::value).toArray();
            return grads(unfolded(g, n.in(0), dy, pads, mode), null, n.has(2) ? g.fullLike(n.in(2), 0) : null);
        }
        Value negated = n.in(1)
                .constant()
                .map(pads -> g.longs(
                        Arrays.stream(pads.toLongArray()).map(pad -> -pad).toArray()))
                .orElseGet(() -> g.neg(n.in(1)));
        Value dx = g.op("Pad", dy, negated, g.scalar(dy.element(), 0));
        if (!n.has(2)) {
            return grads(dx);
        }
        Value inside = g.op("Pad", g.fullLike(n.in(0), 1), n.in(1), g.scalar(dy.element(), 0));
        return grads(dx, null, g.sum(g.mul(dy, g.sub(1, inside))));
    }

    /** Padding the places 0, 1, … of an axis in the same way tells where each element came from. */
    private static Value unfolded(GraphBuilder g, Value x, Value dy, long[] pads, String mode) {
        Value gradient = dy;
        int rank = x.rank();
        for (int axis = 0; axis < rank; axis++) {
            if (pads[axis] != 0 || pads[axis + rank] != 0) {
                Value places = g.op("Range", g.scalar(INT64, 0), g.extent(x, axis), g.scalar(INT64, 1));
                Value origins =
                        g.op("Pad", Attributes.of("mode", mode), places, g.longs(pads[axis], pads[axis + rank]));
                Value shape = shapeExcept(g, gradient, x, axis);
                gradient = IndexingRules.addedAt(g, gradient, origins, shape, rank, axis);
            }
        }
        return gradient;
    }

    /** dy with each axis split into repeats and extent, summed over the repeats. */
    private static List<@Nullable Value> tile(GraphBuilder g, Node n, Value dy) {
        Value x = n.in(0);
        List<Dim> repeats = known(n, 1);
        List<Value> shape = new ArrayList<>();
        int[] summed = new int[x.rank()];
        for (int axis = 0; axis < x.rank(); axis++) {
            shape.add(g.longs(repeats.get(axis).value()));
            shape.add(g.reshape(g.extent(x, axis), 1));
            summed[axis] = 2 * axis;
        }
        return grads(g.sum(g.reshape(dy, g.concat(0, shape)), summed), null);
    }

    private static Value depthToSpace(GraphBuilder g, Node n, Value dy) {
        long block = n.attributes().getInt("blocksize", 1);
        if (n.attributes().getText("mode", "DCR").equals("DCR")) {
            return g.op("SpaceToDepth", Attributes.of("blocksize", block), dy);
        }
        Value x = n.in(0);
        Value split = g.reshape(
                dy,
                g.concat(
                        0,
                        g.reshape(g.extent(x, 0), 1),
                        g.longs(x.dim(1).value() / (block * block)),
                        g.reshape(g.extent(x, 2), 1),
                        g.longs(block),
                        g.reshape(g.extent(x, 3), 1),
                        g.longs(block)));
        return g.reshapeLike(g.transpose(split, 0, 1, 3, 5, 2, 4), x);
    }
}
