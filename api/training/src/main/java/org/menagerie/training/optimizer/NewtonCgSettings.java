package org.menagerie.training.optimizer;

/**
 * The settings of {@link NewtonCg} with those of its line search beside them, as a recipe states them.
 *
 * @param iterations as Newton's
 * @param decrease as {@link LineSearch}'s
 * @param contraction as the line search's
 * @param trials as the line search's
 */
public record NewtonCgSettings(int iterations, double decrease, double contraction, int trials) {
    public NewtonCgSettings {
        new NewtonCg(iterations, new LineSearch(decrease, contraction, trials));
    }

    public static NewtonCgSettings defaults() {
        NewtonCg newton = NewtonCg.defaults();
        LineSearch search = newton.lineSearch();
        return new NewtonCgSettings(newton.iterations(), search.decrease(), search.contraction(), search.trials());
    }

    public NewtonCg optimizer() {
        return new NewtonCg(iterations, new LineSearch(decrease, contraction, trials));
    }
}
