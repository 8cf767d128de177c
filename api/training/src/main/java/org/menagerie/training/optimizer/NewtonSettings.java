package org.menagerie.training.optimizer;

/**
 * The settings of {@link Newton} with those of its line search beside them, as a recipe states them.
 *
 * @param damping as Newton's
 * @param limit as Newton's
 * @param decrease as {@link LineSearch}'s
 * @param contraction as the line search's
 * @param trials as the line search's
 */
public record NewtonSettings(double damping, int limit, double decrease, double contraction, int trials) {
    public NewtonSettings {
        new Newton(damping, limit, new LineSearch(decrease, contraction, trials));
    }

    public static NewtonSettings defaults() {
        Newton newton = Newton.defaults();
        LineSearch search = newton.lineSearch();
        return new NewtonSettings(
                newton.damping(), newton.limit(), search.decrease(), search.contraction(), search.trials());
    }

    public Newton optimizer() {
        return new Newton(damping, limit, new LineSearch(decrease, contraction, trials));
    }
}
