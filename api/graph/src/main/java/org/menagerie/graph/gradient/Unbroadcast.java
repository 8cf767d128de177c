package org.menagerie.graph.gradient;

import java.util.stream.IntStream;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.Dim;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Value;

/** The adjoint of broadcasting: sums a gradient over the axes along which an input was repeated. */
final class Unbroadcast {
    private Unbroadcast() {}

    static Value to(GraphBuilder g, Value gradient, Value input) {
        if (gradient.type().dims().equals(input.type().dims())) {
            return gradient;
        }
        int extra = gradient.rank() - input.rank();
        if (extra < 0) {
            return gradient;
        }
        Value sum = extra == 0
                ? gradient
                : g.sum(gradient, IntStream.range(0, extra).toArray());
        int[] repeated = IntStream.range(0, input.rank())
                .filter(axis -> input.dim(axis).is(1) && !isOne(sum, axis))
                .toArray();
        Value reduced = repeated.length == 0 ? sum : g.sumKeep(sum, repeated);
        boolean undecided = IntStream.range(0, input.rank()).anyMatch(axis -> undecided(reduced, input, axis));
        return undecided ? whileRunning(g, reduced, input) : reduced;
    }

    private static boolean isOne(Value value, int axis) {
        return value.dim(axis).is(1);
    }

    /** True where only a run can tell whether an axis was repeated. */
    private static boolean undecided(Value gradient, Value input, int axis) {
        Dim from = gradient.dim(axis);
        Dim to = input.dim(axis);
        return !from.equals(to) && !to.isFixed() && !from.is(1);
    }

    /** Sums over the axes that turn out to be 1 in the input but not in the gradient. */
    private static Value whileRunning(GraphBuilder g, Value gradient, Value input) {
        Value wanted = g.op("Shape", input);
        Value found = g.op("Shape", gradient);
        Value repeated = g.not(g.equal(wanted, found));
        Value axes = g.reshape(g.op("NonZero", repeated), -1);
        Attributes attributes = Attributes.of("keepdims", true).with("noop_with_empty_axes", true);
        return g.reshape(g.op("ReduceSum", attributes, gradient, axes), wanted);
    }
}
