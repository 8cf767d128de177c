package org.menagerie.graph;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.menagerie.spi.Configurable;

/**
 * A family of networks with a config: builds the graph from which inference, training and explanation are derived.
 *
 * @param <C> the config, a record whose components a card's {@code architecture} block may set
 */
public interface Architecture<C extends Record> extends Configurable {
    /** The name of a model's network where it has only one. */
    String MODEL = "model";

    Class<C> configType();

    @Override
    default Class<C> settings() {
        return configType();
    }

    /** Adds inputs, parameters, nodes and outputs. The same config gives the same parameters in the same order. */
    void build(GraphBuilder g, C config);

    /**
     * The networks that a trained model is exported as, by artifact name. Their parameters are those of {@link #build} with
     * the same names. The default is one network, {@code model}: what {@code build} gives.
     */
    default Map<String, BiConsumer<GraphBuilder, C>> networks() {
        return Map.of(MODEL, this::build);
    }

    /** Named configs, for example {@code resnet18}; empty where there is nothing to choose. */
    default Map<String, C> variants() {
        return Map.of();
    }

    /** Describes the weights that others published for a config. It is empty unless the architecture overrides it. */
    default Optional<PublishedWeights> published(C config) {
        return Optional.empty();
    }

    /** What the network is for, and how its outputs are decoded; classification unless it says otherwise. */
    default Task task(C config) {
        return Task.classification();
    }

    /**
     * Adds what training minimises, after {@link #build}: its targets as inputs, and the loss. The default is softmax
     * cross-entropy of the output {@code logits} against the input {@code label}, i64[N], and reports accuracy.
     *
     * @return the loss, a scalar
     */
    default Value loss(GraphBuilder g, C config) {
        return classificationLoss(g);
    }

    /**
     * Adds the network and its loss: what is built for training, and for measuring the loss. The default is {@link #build} and
     * then {@link #loss}. An architecture whose network depends on its targets in training overrides this in place of {@code
     * loss}: a detector, for example, whose second stage also gets the true boxes. The parameters and the outputs are those of
     * {@code build}; values that only the outputs need are left out of a training step.
     *
     * @return the loss, a scalar
     */
    default Value objective(GraphBuilder g, C config) {
        build(g, config);
        return loss(g, config);
    }

    /** Softmax cross-entropy of the output {@code logits} against a new input {@code label}, i64[N]; reports accuracy. */
    static Value classificationLoss(GraphBuilder g) {
        Value logits = g.output("logits");
        Value label = g.input("label", "i64[N]");
        g.output("accuracy", g.accuracy(logits, label));
        return g.crossEntropy(logits, label);
    }
}
