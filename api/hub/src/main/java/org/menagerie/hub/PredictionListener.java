package org.menagerie.hub;

/**
 * Told of each prediction of a zoo's models, once it has ended. It is called on the thread that asked for the prediction, so
 * it must be quick and thread-safe; what it throws is logged and changes no answer.
 */
@FunctionalInterface
public interface PredictionListener {
    /** Told of nothing. */
    PredictionListener NONE = prediction -> {};

    void ended(Prediction prediction);
}
