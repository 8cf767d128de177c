package org.menagerie.graph;

import java.util.List;

/** Sums, means and extremes over axes; negative axes count from the last, none means all. */
public interface ReductionOps extends Emitter {
    /** The sum over axes, which stay with extent 1. */
    default Value sumKeep(Value x, int... axes) {
        return sum(x, true, axes);
    }

    /** The sum over axes, which go away. */
    default Value sum(Value x, int... axes) {
        return sum(x, false, axes);
    }

    private Value sum(Value x, boolean keep, int... axes) {
        Attributes attributes = Attributes.of("keepdims", keep);
        return axes.length == 0 ? op("ReduceSum", attributes, x) : op("ReduceSum", attributes, x, longs(asLongs(axes)));
    }

    /** The mean over axes, which stay with extent 1. */
    default Value meanKeep(Value x, int... axes) {
        return reduce("ReduceMean", x, true, axes);
    }

    /** The mean over axes, which go away. */
    default Value mean(Value x, int... axes) {
        return reduce("ReduceMean", x, false, axes);
    }

    /** The largest elements over axes, which go away. */
    default Value maxOver(Value x, int... axes) {
        return reduce("ReduceMax", x, false, axes);
    }

    /** Any of ONNX's reductions but ReduceSum, which takes its axes as an input. */
    default Value reduce(String op, Value x, boolean keep, int... axes) {
        Attributes attributes = Attributes.of("keepdims", keep);
        return op(op, axes.length == 0 ? attributes : attributes.with("axes", axes), x);
    }

    /** The index of the largest element along an axis, which goes away. */
    default Value argMax(Value x, int axis) {
        return op("ArgMax", Attributes.of("axis", axis).with("keepdims", false), x);
    }

    /** The running sum along an axis. */
    default Value cumSum(Value x, int axis) {
        return op("CumSum", x, scalar(org.menagerie.spi.ElementType.INT64, axis));
    }

    /** The k largest elements along an axis, in falling order, and their indices. */
    default List<Value> topK(Value x, int k, int axis) {
        return ops("TopK", Attributes.of("axis", axis), 2, x, longs(k));
    }

    private static long[] asLongs(int... axes) {
        return java.util.Arrays.stream(axes).asLongStream().toArray();
    }
}
