package org.menagerie.hub;

import java.util.List;
import java.util.Optional;

/**
 * One call of {@link org.menagerie.spi.Model#predict(List)} that has ended.
 *
 * @param model the model's name
 * @param inputs how many inputs were given
 * @param batches the number of inputs in each run of the network, in order; empty if the model is more than one network
 * @param queue how many other predictions of this model were under way when this one began
 * @param millis how long it took
 * @param stages where that time went; empty if the model is more than one network
 * @param failure what it threw; empty if it has answered
 */
public record Prediction(
        String model,
        int inputs,
        List<Integer> batches,
        int queue,
        double millis,
        Optional<Stages> stages,
        Optional<RuntimeException> failure) {
    public Prediction {
        batches = List.copyOf(batches);
    }

    /**
     * Milliseconds by stage, over all batches.
     *
     * @param prepare inputs to tensors
     * @param run in the network
     * @param decode the network's outputs to answers
     */
    public record Stages(double prepare, double run, double decode) {}
}
