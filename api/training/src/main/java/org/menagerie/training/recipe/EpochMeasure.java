package org.menagerie.training.recipe;

import java.util.Map;

/** Measures the networks of an epoch on the validation part as they will be used, which the graph of training cannot. */
public interface EpochMeasure {
    /**
     * The figures of an epoch.
     *
     * @param epoch its exported networks, and how images were normalised; it has neither test metrics nor history
     */
    Map<String, Double> figures(TrainingRun.Result epoch);

    /** The name of the figure that chooses the best epoch. */
    String judging();

    /** Which way that figure is better. */
    boolean higherIsBetter();
}
