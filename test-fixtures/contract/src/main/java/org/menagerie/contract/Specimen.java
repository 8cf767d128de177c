package org.menagerie.contract;

import java.util.Map;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.menagerie.graph.Architecture;
import org.menagerie.spi.Tensor;

/**
 * An architecture with all that its contract needs to know.
 *
 * @param architecture under test
 * @param config small enough for a test to train a few steps
 * @param parameters how many the config has, by the paper or a published implementation
 * @param batch makes inputs and targets for a number of examples
 * @param golden for some outputs, what the first elements are for weights of seed 1 and two examples of generator
 *     {@code new SplittableRandom(1)}
 * @param learningRate at which Adam lowers the loss within thirty steps
 */
public record Specimen<C extends Record>(
        Architecture<C> architecture,
        C config,
        long parameters,
        BiFunction<Integer, RandomGenerator, Map<String, Tensor>> batch,
        Map<String, float[]> golden,
        double learningRate) {
    public Specimen {
        golden = Map.copyOf(golden);
    }
}
