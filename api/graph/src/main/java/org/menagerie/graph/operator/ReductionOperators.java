package org.menagerie.graph.operator;

import static org.menagerie.graph.operator.Operator.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.menagerie.graph.Dim;
import org.menagerie.graph.TensorType;
import org.menagerie.spi.ElementType;

/** Operators that reduce axes, or pick elements along one. */
final class ReductionOperators {
    private ReductionOperators() {}

    static List<Operator> all() {
        List<Operator> all = new ArrayList<>();
        for (String name : List.of(
                "ReduceMean",
                "ReduceMax",
                "ReduceMin",
                "ReduceProd",
                "ReduceL1",
                "ReduceL2",
                "ReduceSumSquare",
                "ReduceLogSum",
                "ReduceLogSumExp")) {
            all.add(operator(
                    name,
                    1,
                    1,
                    "axes:ints keepdims:int",
                    call -> reduce(call, call.attributes().getInts("axes"), false)));
        }
        all.add(operator("ReduceSum", 1, 2, "keepdims:int noop_with_empty_axes:int", ReductionOperators::reduceSum));
        all.add(operator("ArgMax", 1, 1, "axis:int keepdims:int select_last_index:int", ReductionOperators::argReduce));
        all.add(operator("ArgMin", 1, 1, "axis:int keepdims:int select_last_index:int", ReductionOperators::argReduce));
        all.add(operator("TopK", 2, 2, "axis:int largest:int sorted:int", ReductionOperators::topK));
        return all;
    }

    private static List<TensorType> reduceSum(Call call) {
        boolean noop = call.attributes().getFlag("noop_with_empty_axes");
        if (!call.has(1)) {
            return reduce(call, new long[0], noop);
        }
        Optional<long[]> axes = call.numbers(1);
        if (axes.isPresent()) {
            return reduce(call, axes.get(), noop);
        }
        if (call.attributes().getInt("keepdims", 1) != 1) {
            throw call.undetermined("needs known axes unless it keeps them");
        }
        List<Dim> dims = new ArrayList<>();
        call.type(0).dims().forEach(dim -> dims.add(call.unknownDim()));
        return List.of(call.type(0).withDims(dims));
    }

    private static List<TensorType> reduce(Call call, long[] axes, boolean noopWhenEmpty) {
        TensorType type = call.type(0);
        if (axes.length == 0 && noopWhenEmpty) {
            return List.of(type);
        }
        boolean[] reduced = new boolean[type.rank()];
        if (axes.length == 0) {
            java.util.Arrays.fill(reduced, true);
        }
        for (long axis : axes) {
            reduced[call.normalize(axis, type.rank())] = true;
        }
        boolean keep = call.attributes().getInt("keepdims", 1) == 1;
        List<Dim> dims = new ArrayList<>();
        for (int axis = 0; axis < type.rank(); axis++) {
            if (!reduced[axis]) {
                dims.add(type.dim(axis));
            } else if (keep) {
                dims.add(Dim.of(1));
            }
        }
        return List.of(type.withDims(dims));
    }

    private static List<TensorType> argReduce(Call call) {
        TensorType type = call.type(0);
        int axis = call.axis("axis", 0, type.rank());
        List<Dim> dims = new ArrayList<>(type.dims());
        if (call.attributes().getInt("keepdims", 1) == 1) {
            dims.set(axis, Dim.of(1));
        } else {
            dims.remove(axis);
        }
        return List.of(new TensorType(ElementType.INT64, dims));
    }

    private static List<TensorType> topK(Call call) {
        TensorType type = call.type(0);
        int axis = call.axis("axis", -1, type.rank());
        Dim k = call.contents(1).map(dims -> dims.get(0)).orElseGet(call::unknownDim);
        TensorType values = type.withDim(axis, k);
        return List.of(values, values.withElement(ElementType.INT64));
    }
}
