package org.menagerie.training.recipe;

import java.util.List;
import java.util.Optional;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.Transform;

/** Mean and standard deviation of the inputs that a network learns from, by which its inputs are normalised ever after. */
public sealed interface InputStatistics permits ChannelStatistics, RowStatistics {
    /** The statistics of all examples of a data set of images or of rows of numbers; empty of other data. */
    static Optional<InputStatistics> of(Dataset dataset) {
        Optional<InputStatistics> images = ChannelStatistics.of(dataset).map(found -> found);
        return images.isPresent() ? images : RowStatistics.of(dataset).map(found -> found);
    }

    /** The means, by channel or column, as a card states them. */
    List<Double> mean();

    /** The standard deviations, by channel or column, as a card states them. */
    List<Double> std();

    /** Normalises batches in training as the card's preprocessor will do it. */
    Transform transform();
}
