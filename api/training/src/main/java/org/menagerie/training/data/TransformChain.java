package org.menagerie.training.data;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.menagerie.spi.Tensor;

/** Transforms one after the other. */
record TransformChain(List<Transform> transforms) implements Transform {
    @Override
    public void apply(Map<String, Tensor> batch, RandomGenerator random) {
        transforms.forEach(transform -> transform.apply(batch, random));
    }

    @Override
    public void requireFit(Map<String, Tensor> batch) {
        transforms.forEach(transform -> transform.requireFit(batch));
    }
}
