package org.menagerie.training;

import java.util.List;
import java.util.Map;
import org.menagerie.spi.Tensor;

/** Takes training steps, at once or when enough have come together. For one thread at a time. */
public sealed interface Steps extends AutoCloseable permits StepBlocks, ReplicaSteps, NewtonSteps {
    /** A step that was run. */
    record Done(long step, double learningRate, Map<String, Double> metrics) {}

    /**
     * Takes a step, which is run now or later.
     *
     * @param step counted from 1 over the whole training
     * @param batch may change as soon as this returns
     */
    void add(long step, double learningRate, Map<String, Tensor> batch);

    /** The steps that were run since this was last asked, in order. */
    List<Done> done();

    /** Runs what waits, which by default is nothing, and tells as {@link #done()}. */
    default List<Done> flush() {
        return done();
    }

    /** Parameters and optimizer state after the steps that were run; the tensors change with the next. */
    Map<String, Tensor> state();

    @Override
    void close();
}
