package org.menagerie.graph;

/** What a graph is built for. */
public enum Mode {
    /** Running a trained network: dropout does nothing, batch normalisation uses running statistics. */
    INFERENCE,
    /** Training: dropout drops, batch normalisation uses the batch's statistics and updates the running ones. */
    TRAINING
}
