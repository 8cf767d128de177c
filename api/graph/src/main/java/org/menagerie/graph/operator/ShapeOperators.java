package org.menagerie.graph.operator;

import static org.menagerie.graph.operator.Operator.VARIADIC;
import static org.menagerie.graph.operator.Operator.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.menagerie.graph.Dim;
import org.menagerie.graph.TensorType;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** Operators that rearrange axes and extents without looking at elements. */
final class ShapeOperators {
    private static final int MAX_RANK = 64;

    private ShapeOperators() {}

    static List<Operator> all() {
        return List.of(
                operator("Reshape", 2, 2, "allowzero:int", ShapeOperators::reshape),
                operator("Flatten", 1, 1, "axis:int", ShapeOperators::flatten),
                operator("Transpose", 1, 1, "perm:ints", ShapeOperators::transpose),
                operator("Squeeze", 1, 2, "", ShapeOperators::squeeze),
                operator("Unsqueeze", 2, 2, "", ShapeOperators::unsqueeze),
                operator("Concat", 1, VARIADIC, "axis:int", ShapeOperators::concat),
                operator("Split", 1, 2, "axis:int", ShapeOperators::split),
                operator("Slice", 3, 5, "", ShapeOperators::slice),
                operator("Pad", 2, 3, "mode:text", ShapeOperators::pad),
                operator("Expand", 2, 2, "", ShapeOperators::expand),
                operator("Tile", 2, 2, "", ShapeOperators::tile),
                operator("Shape", 1, 1, "start:int end:int", ShapeOperators::shape),
                operator("Size", 1, 1, "", call -> List.of(TensorType.of(ElementType.INT64))),
                operator("DepthToSpace", 1, 1, "blocksize:int mode:text", ShapeOperators::depthToSpace),
                operator("SpaceToDepth", 1, 1, "blocksize:int", ShapeOperators::spaceToDepth),
                operator(
                        "Constant",
                        0,
                        0,
                        "value:tensor value_float:float value_int:int value_ints:ints value_floats:floats",
                        ShapeOperators::constant),
                operator("ConstantOfShape", 1, 1, "value:tensor", ShapeOperators::constantOfShape),
                operator("Range", 3, 3, "", ShapeOperators::range),
                operator("EyeLike", 1, 1, "dtype:int k:int", call -> List.of(withDtype(call, call.type(0)))),
                operator(
                        "RandomNormalLike",
                        1,
                        1,
                        "dtype:int mean:float scale:float seed:float",
                        call -> List.of(withDtype(call, call.type(0)))),
                operator(
                        "RandomUniformLike",
                        1,
                        1,
                        "dtype:int high:float low:float seed:float",
                        call -> List.of(withDtype(call, call.type(0)))),
                operator("Bernoulli", 1, 1, "dtype:int seed:float", call -> List.of(withDtype(call, call.type(0)))));
    }

    private static TensorType withDtype(Call call, TensorType type) {
        return call.attributes().has("dtype")
                ? type.withElement(
                        ElementType.ofOnnxCode((int) call.attributes().getInt("dtype", 1)))
                : type;
    }

    private static List<TensorType> reshape(Call call) {
        TensorType type = call.type(0);
        Optional<List<Dim>> target = call.contents(1);
        if (target.isEmpty()) {
            return List.of(type.withDims(unknownDims(call, rankOfVector(call, 1))));
        }
        boolean allowZero = call.attributes().getFlag("allowzero");
        List<Dim> dims = new ArrayList<>(target.get());
        int inferred = -1;
        Dim known = Dim.of(1);
        for (int axis = 0; axis < dims.size(); axis++) {
            if (dims.get(axis).is(-1)) {
                inferred = axis;
                continue;
            }
            if (dims.get(axis).is(0) && !allowZero) {
                dims.set(axis, type.dim(axis));
            }
            known = known.times(dims.get(axis));
        }
        if (inferred >= 0) {
            dims.set(inferred, known.is(0) ? Dim.of(0) : type.size().floorDiv(known));
        }
        TensorType result = type.withDims(dims);
        call.requireEqual(type.size(), result.size(), "cannot reshape " + type + " to " + result);
        return List.of(result);
    }

    private static int rankOfVector(Call call, int input) {
        Dim length = call.requireRank(input, 1).dim(0);
        if (!length.isFixed()) {
            throw call.undetermined(
                    "the rank of its output depends on the data: input %d has an unknown length", input);
        }
        if (length.value() > MAX_RANK) {
            throw call.fail("input %d has %s elements; a tensor has at most %d axes", input, length, MAX_RANK);
        }
        return (int) length.value();
    }

    private static List<Dim> unknownDims(Call call, int rank) {
        List<Dim> dims = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            dims.add(call.unknownDim());
        }
        return dims;
    }

    private static List<TensorType> flatten(Call call) {
        TensorType type = call.type(0);
        long axis = call.attributes().getInt("axis", 1);
        int split = axis == type.rank() ? type.rank() : call.normalize(axis, type.rank());
        return List.of(type.withDims(List.of(type.size(0, split), type.size(split, type.rank()))));
    }

    private static List<TensorType> transpose(Call call) {
        TensorType type = call.type(0);
        long[] reversed = new long[type.rank()];
        for (int axis = 0; axis < type.rank(); axis++) {
            reversed[type.rank() - 1 - axis] = axis;
        }
        List<Dim> dims = new ArrayList<>();
        for (long axis : call.attributes().getInts("perm", reversed)) {
            dims.add(type.dim(call.normalize(axis, type.rank())));
        }
        if (dims.size() != type.rank()) {
            throw call.fail("must permute all %d axes", type.rank());
        }
        return List.of(type.withDims(dims));
    }

    private static List<TensorType> squeeze(Call call) {
        TensorType type = call.type(0);
        TreeSet<Integer> axes = new TreeSet<>();
        if (call.has(1)) {
            Optional<long[]> given = call.numbers(1);
            if (given.isEmpty()) {
                return List.of(type.withDims(unknownDims(call, type.rank() - rankOfVector(call, 1))));
            }
            for (long axis : given.get()) {
                axes.add(call.normalize(axis, type.rank()));
            }
        } else {
            if (!type.isFixed()) {
                throw call.undetermined("without axes squeezes what a run finds to be 1");
            }
            for (int axis = 0; axis < type.rank(); axis++) {
                if (type.dim(axis).is(1)) {
                    axes.add(axis);
                }
            }
        }
        List<Dim> dims = new ArrayList<>(type.dims());
        for (int axis : axes.descendingSet()) {
            call.requireEqual(Dim.of(1), dims.remove(axis), "only an axis of extent 1 can be squeezed");
        }
        return List.of(type.withDims(dims));
    }

    private static List<TensorType> unsqueeze(Call call) {
        TensorType type = call.type(0);
        Optional<long[]> known = call.numbers(1);
        if (known.isEmpty()) {
            return List.of(type.withDims(unknownDims(call, type.rank() + rankOfVector(call, 1))));
        }
        long[] given = known.get();
        TreeSet<Integer> axes = new TreeSet<>();
        for (long axis : given) {
            axes.add(call.normalize(axis, type.rank() + given.length));
        }
        List<Dim> dims = new ArrayList<>(type.dims());
        for (int axis : axes) {
            dims.add(axis, Dim.of(1));
        }
        return List.of(type.withDims(dims));
    }

    private static List<TensorType> concat(Call call) {
        TensorType result = call.type(0);
        int axis = call.axis("axis", 0, result.rank());
        Dim length = result.dim(axis);
        for (int i = 1; i < call.inputs().size(); i++) {
            TensorType next = call.requireRank(i, result.rank());
            call.requireElement(i, result.element());
            for (int other = 0; other < result.rank(); other++) {
                if (other != axis) {
                    call.requireEqual(result.dim(other), next.dim(other), "axis " + other + " must agree");
                    if (!result.dim(other).isFixed() && next.dim(other).isFixed()) {
                        result = result.withDim(other, next.dim(other));
                    }
                }
            }
            length = length.plus(next.dim(axis));
        }
        return List.of(result.withDim(axis, length));
    }

    private static List<TensorType> split(Call call) {
        TensorType type = call.type(0);
        int axis = call.axis("axis", 0, type.rank());
        List<TensorType> parts = new ArrayList<>();
        if (call.has(1)) {
            Optional<List<Dim>> sizes = call.contents(1);
            for (int i = 0; i < call.outputs(); i++) {
                int part = i;
                parts.add(type.withDim(axis, sizes.map(s -> s.get(part)).orElseGet(call::unknownDim)));
            }
        } else {
            Dim size = type.dim(axis).floorDiv(Dim.of(call.outputs()));
            call.requireEqual(type.dim(axis), size.times(call.outputs()), "cannot be split evenly");
            for (int i = 0; i < call.outputs(); i++) {
                parts.add(type.withDim(axis, size));
            }
        }
        return parts;
    }

    private static List<TensorType> slice(Call call) {
        TensorType type = call.type(0);
        Optional<List<Dim>> starts = call.contents(1);
        Optional<List<Dim>> ends = call.contents(2);
        int sliced = rankOfVector(call, 1);
        long[] defaults = new long[sliced];
        for (int i = 0; i < sliced; i++) {
            defaults[i] = i;
        }
        long[] axes = call.has(3) ? call.numbers(3).orElse(null) : defaults;
        if (axes == null) {
            return List.of(type.withDims(unknownDims(call, type.rank())));
        }
        Optional<long[]> steps = call.has(4) ? call.numbers(4) : Optional.of(ones(sliced));
        List<Dim> dims = new ArrayList<>(type.dims());
        for (int i = 0; i < sliced; i++) {
            int axis = call.normalize(axes[i], type.rank());
            dims.set(
                    axis,
                    starts.isPresent() && ends.isPresent() && steps.isPresent()
                            ? sliced(
                                    call,
                                    type.dim(axis),
                                    starts.get().get(i),
                                    ends.get().get(i),
                                    steps.get()[i])
                            : call.unknownDim());
        }
        return List.of(type.withDims(dims));
    }

    private static long[] ones(int n) {
        long[] ones = new long[n];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }

    private static Dim sliced(Call call, Dim extent, Dim start, Dim end, long step) {
        if (extent.isFixed() && start.isFixed() && end.isFixed()) {
            return Dim.of(sliced(extent.value(), start.value(), end.value(), step));
        }
        boolean told = !start.isUnknown() && (!end.isUnknown() || end.equals(extent));
        if (step == 1 && told) {
            boolean toTheEnd = end.equals(extent) || (end.isFixed() && end.value() >= Integer.MAX_VALUE);
            Dim last = toTheEnd ? extent : fromTheStart(end, extent);
            if (toTheEnd || !end.isFixed() || end.value() < 0) {
                return last.minus(fromTheStart(start, extent));
            }
        }
        boolean reversed = step == -1 && start.is(-1) && end.isFixed() && end.value() < -Integer.MAX_VALUE;
        return reversed ? extent : call.unknownDim();
    }

    private static Dim fromTheStart(Dim index, Dim extent) {
        return index.isFixed() && index.value() < 0 ? extent.plus(index) : index;
    }

    /** How many elements a slice keeps: bounds that count from the end are resolved, then clamped. */
    private static long sliced(long extent, long start, long end, long step) {
        long low = step > 0 ? 0 : -1;
        long high = step > 0 ? extent : extent - 1;
        long from = Math.max(low, Math.min(start < 0 ? start + extent : start, high));
        long to = Math.max(low, Math.min(end < 0 ? end + extent : end, high));
        long distance = step > 0 ? to - from : from - to;
        return Math.max(0, -Math.floorDiv(-distance, Math.abs(step)));
    }

    private static List<TensorType> pad(Call call) {
        TensorType type = call.type(0);
        Optional<List<Dim>> pads = call.contents(1);
        List<Dim> dims = new ArrayList<>();
        for (int axis = 0; axis < type.rank(); axis++) {
            dims.add(
                    pads.isPresent()
                            ? type.dim(axis)
                                    .plus(pads.get().get(axis))
                                    .plus(pads.get().get(axis + type.rank()))
                            : call.unknownDim());
        }
        return List.of(type.withDims(dims));
    }

    private static List<TensorType> expand(Call call) {
        TensorType type = call.type(0);
        List<Dim> target =
                call.contents(1).orElseGet(() -> unknownDims(call, Math.max(type.rank(), rankOfVector(call, 1))));
        return List.of(type.withDims(Broadcasting.broadcast(call, type.dims(), target)));
    }

    private static List<TensorType> tile(Call call) {
        TensorType type = call.type(0);
        Optional<List<Dim>> repeats = call.contents(1);
        List<Dim> dims = new ArrayList<>();
        for (int axis = 0; axis < type.rank(); axis++) {
            dims.add(repeats.isPresent() ? type.dim(axis).times(repeats.get().get(axis)) : call.unknownDim());
        }
        return List.of(type.withDims(dims));
    }

    private static List<TensorType> shape(Call call) {
        int rank = call.type(0).rank();
        return List.of(TensorType.of(ElementType.INT64, end(call, rank) - start(call, rank)));
    }

    static int start(Call call, int rank) {
        return clampAxis(call.attributes().getInt("start", 0), rank);
    }

    static int end(Call call, int rank) {
        return clampAxis(call.attributes().getInt("end", rank), rank);
    }

    private static int clampAxis(long axis, int rank) {
        return (int) Math.max(0, Math.min(axis < 0 ? axis + rank : axis, rank));
    }

    private static List<TensorType> depthToSpace(Call call) {
        TensorType type = call.requireRank(0, 4);
        long block = call.attributes().getInt("blocksize", 1);
        return List.of(type.withDims(List.of(
                type.dim(0),
                type.dim(1).floorDiv(Dim.of(block * block)),
                type.dim(2).times(block),
                type.dim(3).times(block))));
    }

    private static List<TensorType> spaceToDepth(Call call) {
        TensorType type = call.requireRank(0, 4);
        long block = call.attributes().getInt("blocksize", 1);
        return List.of(type.withDims(List.of(
                type.dim(0),
                type.dim(1).times(block * block),
                type.dim(2).floorDiv(Dim.of(block)),
                type.dim(3).floorDiv(Dim.of(block)))));
    }

    private static List<TensorType> constant(Call call) {
        Tensor tensor = call.attributes().getTensor("value").orElseThrow(() -> call.fail("needs a 'value' attribute"));
        return List.of(TensorType.of(tensor.elementType(), tensor.shape()));
    }

    private static List<TensorType> constantOfShape(Call call) {
        ElementType element =
                call.attributes().getTensor("value").map(Tensor::elementType).orElse(ElementType.FLOAT32);
        return List.of(new TensorType(
                element, call.contents(0).orElseGet(() -> unknownDims(call, rankOfVector(call, 0)))));
    }

    private static List<TensorType> range(Call call) {
        Optional<List<Dim>> start = call.contents(0);
        Optional<List<Dim>> limit = call.contents(1);
        Optional<List<Dim>> delta = call.contents(2);
        Dim length = start.isPresent()
                        && limit.isPresent()
                        && delta.isPresent()
                        && delta.get().get(0).is(1)
                ? limit.get().get(0).minus(start.get().get(0))
                : call.unknownDim();
        return List.of(new TensorType(call.type(0).element(), List.of(length)));
    }
}
