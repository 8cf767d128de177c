package org.menagerie.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** Changing, joining, cutting and indexing shapes. */
public interface ShapeOps extends Emitter {
    /** The same elements in another shape: at most one extent is -1 and inferred, 0 copies the input's. */
    default Value reshape(Value x, long... dims) {
        return op("Reshape", x, longs(dims));
    }

    /** The same elements in a shape that a graph computes. */
    default Value reshape(Value x, Value shape) {
        return op("Reshape", x, shape);
    }

    /** The same elements in the shape of another value. */
    default Value reshapeLike(Value x, Value like) {
        return x.type().dims().equals(like.type().dims()) ? x : reshape(x, shapeOf(like));
    }

    /** A vector along one axis of a number of axes, the others of extent 1: to be broadcast over them. */
    default Value along(Value vector, int axis, int rank) {
        long[] dims = new long[rank];
        Arrays.fill(dims, 1);
        dims[axis] = -1;
        return reshape(vector, dims);
    }

    /** Two axes: the first, and all others together. */
    default Value flatten(Value x) {
        return op("Flatten", Attributes.of("axis", 1), x);
    }

    default Value transpose(Value x, int... permutation) {
        return op("Transpose", Attributes.of("perm", permutation), x);
    }

    default Value squeeze(Value x, long... axes) {
        return op("Squeeze", x, longs(axes));
    }

    default Value unsqueeze(Value x, long... axes) {
        return op("Unsqueeze", x, longs(axes));
    }

    default Value concat(int axis, List<Value> parts) {
        return op("Concat", Attributes.of("axis", axis), parts.toArray(Value[]::new));
    }

    default Value concat(int axis, Value... parts) {
        return concat(axis, List.of(parts));
    }

    /** Pieces of given sizes along an axis. */
    default List<Value> split(Value x, int axis, long... sizes) {
        return ops("Split", Attributes.of("axis", axis), sizes.length, x, longs(sizes));
    }

    /** The elements from {@code start} (inclusive) to {@code end} (exclusive) along an axis. */
    default Value slice(Value x, int axis, long start, long end) {
        return op("Slice", x, longs(start), longs(end), longs(axis));
    }

    /** Constant padding: the amounts before each axis, then those after each. */
    default Value pad(Value x, double value, long... pads) {
        return op("Pad", x, longs(pads), scalar(x.element(), value));
    }

    /** Zeros before and after one axis; a negative amount cuts off instead. The value itself where both are 0. */
    default Value padAxis(Value x, int axis, long before, long after) {
        if (before == 0 && after == 0) {
            return x;
        }
        long[] pads = new long[2 * x.rank()];
        pads[axis] = before;
        pads[axis + x.rank()] = after;
        return pad(x, 0, pads);
    }

    /** The middle of the last two axes, as large as another value's; of an odd rest the end loses one more. */
    default Value centerCrop(Value x, Value like) {
        long[] pads = new long[2 * x.rank()];
        for (int back = 1; back <= 2; back++) {
            int axis = x.rank() - back;
            long rest = x.dim(axis).value() - like.dim(like.rank() - back).value();
            pads[axis] = -(rest / 2);
            pads[axis + x.rank()] = rest / 2 - rest;
        }
        return Arrays.stream(pads).allMatch(pad -> pad == 0) ? x : pad(x, 0, pads);
    }

    default Value expand(Value x, Value shape) {
        return op("Expand", x, shape);
    }

    default Value tile(Value x, long... repeats) {
        return op("Tile", x, longs(repeats));
    }

    default Value identity(Value x) {
        return op("Identity", x);
    }

    /** The extents as an int64 vector: a constant where all are known. */
    default Value shapeOf(Value x) {
        return x.type().isFixed() ? longs(x.type().shape().dims()) : op("Shape", x);
    }

    /** One extent as an int64 scalar. */
    default Value extent(Value x, int axis) {
        Dim dim = x.dim(axis);
        if (dim.isFixed()) {
            return scalar(ElementType.INT64, (double) dim.value());
        }
        int from = axis < 0 ? axis + x.rank() : axis;
        return op("Squeeze", op("Shape", Attributes.of("start", from).with("end", from + 1), x), longs(0));
    }

    /** The product of extents as a floating-point scalar: a constant where all are known. */
    default Value count(Value x, ElementType element, int... axes) {
        Dim product = Dim.of(1);
        List<Value> factors = new ArrayList<>();
        for (int axis : axes) {
            if (x.dim(axis).isFixed()) {
                product = product.times(x.dim(axis));
            } else {
                factors.add(op("Cast", Attributes.of("to", element.onnxCode()), extent(x, axis)));
            }
        }
        Value result = scalar(element, (double) product.value());
        for (Value factor : factors) {
            result = op("Mul", result, factor);
        }
        return result;
    }

    /** A tensor of one repeated number in the shape of another value. */
    default Value fullLike(Value like, double value) {
        Tensor fill = Tensor.allocate(like.element(), 1);
        Scalars.put(fill, 0, value);
        return op("ConstantOfShape", Attributes.of("value", fill), shapeOf(like));
    }

    /** Slices along an axis by index; the indices' axes take its place. */
    default Value gather(Value x, Value indices, int axis) {
        return op("Gather", Attributes.of("axis", axis), x, indices);
    }

    default Value gatherElements(Value x, Value indices, int axis) {
        return op("GatherElements", Attributes.of("axis", axis), x, indices);
    }

    /** Adds updates to the elements of {@code x} at indices along an axis; repeated indices add up. */
    default Value scatterAdd(Value x, Value indices, Value updates, int axis) {
        return op("ScatterElements", Attributes.of("axis", axis).with("reduction", "add"), x, indices, updates);
    }

    /** A last axis of {@code depth} elements: 1 at the index, 0 elsewhere. */
    default Value oneHot(Value indices, Value depth, ElementType element) {
        Value offOn = constant(Tensor.of(new float[] {0, 1}, 2));
        Value oneHot = op("OneHot", Attributes.of("axis", -1), indices, depth, offOn);
        return element == ElementType.FLOAT32 ? oneHot : op("Cast", Attributes.of("to", element.onnxCode()), oneHot);
    }
}
