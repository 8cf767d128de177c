package org.menagerie.training.recipe;

import java.util.Map;
import org.menagerie.training.data.Dataset;

/** Measures networks on a part of the data as they will be used, which the graph of training cannot. */
public interface EpochMeasure {
    /**
     * The figures of an epoch, or of the best one at the end.
     *
     * @param epoch its exported networks, and how images were normalised; it has neither test metrics nor history
     * @param part the examples: of validation for an epoch, of the test part at the end
     */
    Map<String, Double> figures(TrainingRun.Result epoch, Dataset part);

    /** The name of the figure that chooses the best epoch. */
    String judging();

    /** Which way that figure is better. */
    boolean higherIsBetter();
}
