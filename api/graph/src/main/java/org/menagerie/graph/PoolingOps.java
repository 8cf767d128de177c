package org.menagerie.graph;

import org.menagerie.graph.layer.Pool;
import org.menagerie.graph.operator.Window;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** Pools that one ONNX operator does not cover, over {@code [N, C, height, width]}. */
public interface PoolingOps extends ArithmeticOps, ShapeOps, LinearOps, ConvolutionOps {
    /**
     * The opposite of {@link #maxPoolWithIndices}: each element at its index, zeros everywhere else (Zeiler 2014, section
     * 2.1). Elements that share an index, as overlapping windows can make them, add up.
     *
     * @param x in the shape that the pool gives
     * @param indices of the pool
     * @param pool the pool's settings
     * @param like the pool's input, whose shape the result has
     */
    default Value maxUnpool(Value x, Value indices, Pool pool, Value like) {
        return maxUnpool(x, indices, LayerAttributes.of(pool), like);
    }

    /** The same for a pool with ONNX attributes, over any number of spatial axes. */
    default Value maxUnpool(Value x, Value indices, Attributes pool, Value like) {
        Window window = Window.of(pool, pool.getInts("kernel_shape"));
        // Where windows leave a rest, the operator counts indices in the shape without it.
        if (window.isDisjoint()
                && window.fills(like.type().dims())
                && x.element() == ElementType.FLOAT32
                && x.rank() == 4) {
            Attributes attributes =
                    Attributes.of("kernel_shape", window.kernel()).with("strides", window.strides());
            return op("MaxUnpool", attributes, x, indices, op("Shape", like));
        }
        Value zeros = reshape(fullLike(like, 0), -1);
        return reshapeLike(scatterAdd(zeros, reshape(indices, -1), reshape(x, -1), 0), like);
    }

    /**
     * Means over windows that are chosen so that a map of {@code size} by {@code size} results, whatever the input's
     * extents, which must be known. As in PyTorch, window i covers the elements from ⌊i·extent/size⌋ up to
     * ⌈(i+1)·extent/size⌉, so that windows may overlap and elements may repeat.
     */
    default Value adaptiveAvgPool(Value x, int size) {
        int height = Math.toIntExact(x.dim(2).value());
        int width = Math.toIntExact(x.dim(3).value());
        if (height == size && width == size) {
            return x;
        }
        if (height == width && height % size == 0) {
            return avgPool(x, height / size);
        }
        Value columns = transpose(means(x.element(), size, width), 1, 0);
        return matMul(matMul(means(x.element(), size, height), x), columns);
    }

    /** The windows' means as a matrix {@code [size, extent]}. */
    private Value means(ElementType element, int size, int extent) {
        float[] matrix = new float[size * extent];
        for (int i = 0; i < size; i++) {
            int start = i * extent / size;
            int end = ((i + 1) * extent + size - 1) / size;
            for (int j = start; j < end; j++) {
                matrix[i * extent + j] = 1f / (end - start);
            }
        }
        return cast(constant(Tensor.of(matrix, size, extent)), element);
    }
}
