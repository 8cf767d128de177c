package org.menagerie.training.optimizer;

/** How parameters move to make a loss smaller: by its gradient, or by its gradient and curvature. */
public sealed interface Optimizer permits FirstOrder, SecondOrder {
    /** The learning rate to start from when the user names none. */
    double defaultLearningRate();
}
