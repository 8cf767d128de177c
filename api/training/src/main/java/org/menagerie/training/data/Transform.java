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

    /**
     * Refuses data that this transform cannot change in a useful way, before training begins. The transform is then tried on the
     * same batch.
     *
     * @param batch a few examples of the training data
     * @throws org.menagerie.spi.InvalidInputException saying what does not fit; the sentence needs no name of the transform
     */
    default void requireFit(Map<String, Tensor> batch) {}

    /** These transforms one after the other. */
    static Transform of(Transform... transforms) {
        return new TransformChain(List.of(transforms));
    }
}
