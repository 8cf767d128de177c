package org.menagerie.training.data;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.menagerie.spi.Tensor;

/** Changes a batch in place: augmentation by chance, normalisation without. Thread-safe. */
@FunctionalInterface
public interface Transform {
    /** Changes nothing. */
    Transform NONE = (batch, random) -> {};

    /**
     * Changes the batch's tensors.
     *
     * @param random the only source of chance, so that a step can be repeated
     */
    void apply(Map<String, Tensor> batch, RandomGenerator random);

    /** These transforms one after the other. */
    static Transform of(Transform... transforms) {
        List<Transform> all = List.of(transforms);
        return (batch, random) -> all.forEach(transform -> transform.apply(batch, random));
    }
}
