package org.menagerie.contract;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.menagerie.graph.Architecture;
import org.menagerie.spi.Network;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.Column;

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
 * @param together how the exported networks give what {@link Architecture#build} gives
 */
public record Specimen<C extends Record>(
        Architecture<C> architecture,
        C config,
        long parameters,
        BiFunction<Integer, RandomGenerator, Map<String, Tensor>> batch,
        Map<String, float[]> golden,
        double learningRate,
        Together together) {
    /** Runs exported networks by hand, as a model does. */
    @FunctionalInterface
    public interface Together {
        /**
         * The outputs of the whole network, by name.
         *
         * @param networks the exported ones, by artifact name
         * @param batch inputs and targets
         */
        Map<String, Tensor> run(Map<String, Network> networks, Map<String, Tensor> batch);
    }

    public Specimen {
        golden = Map.copyOf(golden);
    }

    /** Of an architecture that is exported as one network. */
    public Specimen(
            Architecture<C> architecture,
            C config,
            long parameters,
            BiFunction<Integer, RandomGenerator, Map<String, Tensor>> batch,
            Map<String, float[]> golden,
            double learningRate) {
        this(architecture, config, parameters, batch, golden, learningRate, (networks, inputs) -> {
            Network network = Objects.requireNonNull(networks.get(Architecture.MODEL), Architecture.MODEL);
            Map<String, Tensor> fed = new LinkedHashMap<>();
            network.inputs().forEach(input -> fed.put(input.name(), Column.in(inputs, input.name())));
            return network.run(fed);
        });
    }
}
