package org.menagerie.graph;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.layer.Conv;
import org.menagerie.graph.layer.Pool;
import org.menagerie.spi.Tensor;

/** Convolutions, pools and their opposites over {@code [N, C, spatial...]}. */
public interface ConvolutionOps extends Emitter {
    /**
     * Cross-correlation.
     *
     * @param weight {@code [filters, C/groups, kernel...]}
     * @param bias {@code [filters]}
     */
    default Value conv(Value x, Value weight, @Nullable Value bias, Conv settings) {
        return op("Conv", LayerAttributes.of(settings), x, weight, bias);
    }

    /**
     * The adjoint of {@link #conv} with respect to its input, as a layer of its own.
     *
     * @param weight {@code [C, filters/groups, kernel...]}
     * @param bias {@code [filters]}
     */
    default Value convTranspose(Value x, Value weight, @Nullable Value bias, Conv settings) {
        return op("ConvTranspose", LayerAttributes.of(settings), x, weight, bias);
    }

    default Value maxPool(Value x, Pool settings) {
        return maxPoolWithIndices(x, settings).get(0);
    }

    /** The largest elements, and where they stood: indices into the flattened input. */
    default List<Value> maxPoolWithIndices(Value x, Pool settings) {
        return ops("MaxPool", LayerAttributes.of(settings), 2, x);
    }

    /** Non-overlapping windows of a size. */
    default Value maxPool(Value x, int size) {
        return maxPool(x, Pool.of(size));
    }

    default Value avgPool(Value x, Pool settings) {
        return op("AveragePool", LayerAttributes.of(settings).with("count_include_pad", settings.countPadding()), x);
    }

    /** Non-overlapping windows of a size. */
    default Value avgPool(Value x, int size) {
        return avgPool(x, Pool.of(size));
    }

    /** The mean of each channel, spatial axes kept with extent 1. */
    default Value globalAvgPool(Value x) {
        return op("GlobalAveragePool", x);
    }

    /** The largest element of each channel, spatial axes kept with extent 1. */
    default Value globalMaxPool(Value x) {
        return op("GlobalMaxPool", x);
    }

    /** Every spatial axis some times as long, by linear interpolation between the elements' centres. */
    default Value upsample(Value x, int times) {
        float[] scales = new float[x.rank()];
        Arrays.fill(scales, times);
        scales[0] = 1;
        scales[1] = 1;
        return op("Resize", Attributes.of("mode", "linear"), x, null, constant(Tensor.of(scales, x.rank())));
    }
}
