package org.menagerie.benchmarks;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.menagerie.spi.Tensor;

/** Batches of known random numbers. */
final class RandomBatches {
    private static final int CLASSES = 10;

    private RandomBatches() {}

    /** {@code image f32[n,channels,size,size]} and {@code label i64[n]} of ten classes. */
    static Map<String, Tensor> images(int n, int channels, int size) {
        SplittableRandom random = new SplittableRandom(3);
        Map<String, Tensor> batch = new LinkedHashMap<>();
        batch.put("image", normal(random, n, channels, size, size));
        batch.put("label", Tensor.of(random.longs(n, 0, CLASSES).toArray(), n));
        return batch;
    }

    static Tensor normal(SplittableRandom random, long... dims) {
        Tensor tensor = Tensor.allocate(org.menagerie.spi.ElementType.FLOAT32, dims);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.floats().put(i, (float) random.nextGaussian());
        }
        return tensor;
    }

    static NDArray input(Map<String, NDArray> batch, String name) {
        NDArray array = batch.get(name);
        if (array == null) {
            throw new IllegalArgumentException("No input '%s' among %s".formatted(name, batch.keySet()));
        }
        return array;
    }
}
