package org.menagerie.training.optimizer;

/**
 * An optimizer that looks at the curvature too: all parameters are one vector, a step is a direction from a quadratic
 * model of the loss and a length from a line search. Meant for the whole data as one batch.
 */
public sealed interface SecondOrder extends Optimizer permits Newton, NewtonCg {
    /**
     * Where to go from a point.
     *
     * @param gradient of the loss at the point, not zero
     * @param hessian of the loss at the point
     */
    Direction direction(double[] gradient, HessianProduct hessian);

    /** How far to go. */
    LineSearch lineSearch();

    /** Newton's own step, which the line search tries first. */
    @Override
    default double defaultLearningRate() {
        return 1;
    }

    /** A symmetric matrix by what it does to a vector. */
    @FunctionalInterface
    interface HessianProduct {
        /** The product with a vector; the vector stays as it is. */
        double[] times(double[] vector);
    }

    /**
     * A direction in which the loss falls.
     *
     * @param step as long as the quadratic model would have it
     * @param products how many Hessian-vector products it took
     * @param convex whether the Hessian was positive definite as far as it was seen
     */
    record Direction(double[] step, int products, boolean convex) {}
}
