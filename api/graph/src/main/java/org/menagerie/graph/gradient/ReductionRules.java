package org.menagerie.graph.gradient;

import static java.util.Map.entry;
import static org.menagerie.graph.gradient.Rule.grads;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.Node;
import org.menagerie.graph.Value;

/** Reductions over axes. */
final class ReductionRules {
    static final Map<String, Rule> RULES = Map.ofEntries(
            entry("ReduceSum", Rule.of((g, n, dy) -> grads(spread(g, n, dy)))),
            entry("ReduceMean", Rule.of((g, n, dy) -> {
                Value count = g.count(n.in(0), dy.element(), axes(n));
                return grads(spread(g, n, g.div(dy, count)));
            })),
            entry("ReduceMax", Rule.of(ReductionRules::extreme)),
            entry("ReduceMin", Rule.of(ReductionRules::extreme)),
            entry("ReduceL1", Rule.of((g, n, dy) -> grads(g.mul(kept(g, n, dy), g.sign(n.in(0)))))),
            entry("ReduceL2", Rule.of(ReductionRules::norm)),
            entry("ReduceSumSquare", Rule.of((g, n, dy) -> grads(g.mul(g.mul(kept(g, n, dy), n.in(0)), 2)))),
            entry("ReduceLogSum", Rule.of((g, n, dy) -> grads(spread(g, n, g.div(dy, g.exp(n.out())))))),
            entry(
                    "ReduceLogSumExp",
                    Rule.of((g, n, dy) -> grads(g.mul(kept(g, n, dy), g.exp(g.sub(n.in(0), kept(g, n, n.out()))))))),
            entry("ReduceProd", Rule.of(ReductionRules::product)),
            entry("CumSum", Rule.of((g, n, dy) -> grads(g.op("CumSum", reversed(n), dy, n.in(1)), null))),
            entry("TopK", Rule.of((g, n, dy) -> {
                int axis = (int) n.attributes().getInt("axis", -1);
                return grads(g.scatterAdd(g.fullLike(n.in(0), 0), n.out(1), dy, axis), null);
            })));

    private ReductionRules() {}

    private static int[] axes(Node n) {
        int rank = n.in(0).rank();
        long[] axes = n.attributes().getInts("axes");
        if (n.op().equals("ReduceSum") && n.has(1)) {
            axes =
                    n
                            .in(1)
                            .contents()
                            .orElseThrow(() -> new GraphException(n + " has axes that only a run can tell"))
                            .stream()
                            .mapToLong(dim -> dim.value())
                            .toArray();
        }
        boolean all = axes.length == 0 && !n.attributes().getFlag("noop_with_empty_axes");
        return all
                ? IntStream.range(0, rank).toArray()
                : Arrays.stream(axes)
                        .mapToInt(axis -> (int) (axis < 0 ? axis + rank : axis))
                        .sorted()
                        .toArray();
    }

    /** A reduced value with its reduced axes back in place, extent 1. */
    private static Value kept(GraphBuilder g, Node n, Value reduced) {
        boolean dynamicAxes =
                n.op().equals("ReduceSum") && n.has(1) && n.in(1).contents().isEmpty();
        if (dynamicAxes || n.attributes().getInt("keepdims", 1) == 1 || n.in(0).rank() == 0) {
            return reduced;
        }
        return g.unsqueeze(reduced, Arrays.stream(axes(n)).asLongStream().toArray());
    }

    /** A gradient of the result, given to every element that was summed. */
    private static Value spread(GraphBuilder g, Node n, Value dy) {
        return g.expand(kept(g, n, dy), g.shapeOf(n.in(0)));
    }

    /** The gradient goes to the elements that equal the extreme, in equal shares where several do. */
    private static List<@Nullable Value> extreme(GraphBuilder g, Node n, Value dy) {
        Value winner = g.cast(g.equal(n.in(0), kept(g, n, n.out())), dy.element());
        return grads(g.mul(winner, g.div(kept(g, n, dy), g.sumKeep(winner, axes(n)))));
    }

    /** x/‖x‖, and 0 at the origin, where the norm has no slope. */
    private static List<@Nullable Value> norm(GraphBuilder g, Node n, Value dy) {
        Value norm = kept(g, n, n.out());
        Value isZero = g.equal(norm, g.scalar(norm.element(), 0));
        Value divisor = g.where(isZero, g.scalar(norm.element(), 1), norm);
        return grads(g.mul(n.in(0), g.div(kept(g, n, dy), divisor)));
    }

    /**
     * Each element's gradient is the product of all others. Along one axis: the exclusive products from the left and
     * from the right, by doubling the distance each step, so zeros need no division.
     */
    private static List<@Nullable Value> product(GraphBuilder g, Node n, Value dy) {
        Value x = n.in(0);
        int[] axes = axes(n);
        Value flat = moveToEnd(g, x, axes);
        int length = (int) flat.dim(-1).value();
        Value others = g.mul(exclusiveProduct(g, flat, length, true), exclusiveProduct(g, flat, length, false));
        return grads(g.mul(kept(g, n, dy), moveBack(g, others, x, axes)));
    }

    private static Value exclusiveProduct(GraphBuilder g, Value x, int length, boolean fromLeft) {
        Value shifted = shift(g, x, 1, length, fromLeft);
        for (int distance = 1; distance < length; distance *= 2) {
            shifted = g.mul(shifted, shift(g, shifted, distance, length, fromLeft));
        }
        return shifted;
    }

    /** The elements moved along the last axis, ones moving in. */
    private static Value shift(GraphBuilder g, Value x, int distance, int length, boolean right) {
        if (distance >= length) {
            return g.fullLike(x, 1);
        }
        int last = x.rank() - 1;
        long[] pads = new long[2 * x.rank()];
        pads[right ? last : 2 * x.rank() - 1] = distance;
        Value rest = right ? g.slice(x, last, 0, length - distance) : g.slice(x, last, distance, length);
        return g.pad(rest, 1, pads);
    }

    private static int[] permutation(int rank, int[] axes) {
        return IntStream.concat(
                        IntStream.range(0, rank).filter(i -> Arrays.stream(axes).noneMatch(a -> a == i)),
                        Arrays.stream(axes))
                .toArray();
    }

    private static Value moveToEnd(GraphBuilder g, Value x, int[] axes) {
        Value moved = g.transpose(x, permutation(x.rank(), axes));
        long size = moved.type().size(x.rank() - axes.length, x.rank()).value();
        long[] shape = new long[x.rank() - axes.length + 1];
        shape[shape.length - 1] = size;
        return g.reshape(moved, shape);
    }

    private static Value moveBack(GraphBuilder g, Value flat, Value like, int[] axes) {
        int[] permutation = permutation(like.rank(), axes);
        Value moved = g.transpose(like, permutation);
        int[] inverse = new int[permutation.length];
        for (int i = 0; i < permutation.length; i++) {
            inverse[permutation[i]] = i;
        }
        return g.transpose(g.reshapeLike(flat, moved), inverse);
    }

    private static Attributes reversed(Node n) {
        return n.attributes().with("reverse", !n.attributes().getFlag("reverse"));
    }
}
