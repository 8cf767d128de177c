package org.menagerie.training.optimizer;

import java.util.Optional;

/**
 * Newton's method for up to a few hundred parameters: the whole Hessian H, a product with a unit vector a column, and the
 * solution of Hp = −∇f by Cholesky's factors. Where H is not positive definite, the smallest of a growing sequence of
 * multiples τ of the identity is added that makes it so (Nocedal and Wright 2006, section 3.4, algorithm 3.3).
 *
 * @param damping β: the smallest τ above zero
 * @param limit the number of parameters above which it refuses to start
 * @param lineSearch how far to go
 */
public record Newton(double damping, int limit, LineSearch lineSearch) implements SecondOrder {
    public Newton {
        Ranges.requirePositive("damping", damping);
        if (limit < 1) {
            throw new IllegalArgumentException("The limit of Newton's method is at least 1; found " + limit);
        }
    }

    /** The book's β = 1e-3; up to 2,000 parameters, whose Hessian has 32 MB. */
    public static Newton defaults() {
        return new Newton(1e-3, 2_000, LineSearch.defaults());
    }

    public Newton withDamping(double other) {
        return new Newton(other, limit, lineSearch);
    }

    public Newton withLimit(int other) {
        return new Newton(damping, other, lineSearch);
    }

    public Newton withLineSearch(LineSearch other) {
        return new Newton(damping, limit, other);
    }

    @Override
    public Direction direction(double[] gradient, HessianProduct hessian) {
        int n = gradient.length;
        if (n > limit) {
            throw new IllegalArgumentException(
                    "Newton's method with a whole Hessian takes up to %,d parameters; found %,d. Take newton-cg, or a"
                                    .formatted(limit, n)
                            + " higher limit");
        }
        double[][] matrix = symmetric(n, hessian);
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            smallest = Math.min(smallest, matrix[i][i]);
        }
        double tau = smallest > 0 ? 0 : damping - smallest;
        double[] downhill = Vectors.scaled(gradient, -1);
        Optional<Cholesky> factors = Cholesky.of(matrix, tau);
        boolean convex = tau == 0 && factors.isPresent();
        while (factors.isEmpty()) {
            tau = Math.max(2 * tau, damping);
            factors = Cholesky.of(matrix, tau);
        }
        return new Direction(factors.get().solve(downhill), n, convex);
    }

    /** The Hessian, made symmetric to the bit: rounding is not. */
    private static double[][] symmetric(int n, HessianProduct hessian) {
        double[][] columns = new double[n][];
        double[] unit = new double[n];
        for (int i = 0; i < n; i++) {
            unit[i] = 1;
            columns[i] = hessian.times(unit).clone();
            unit[i] = 0;
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double mean = (columns[i][j] + columns[j][i]) / 2;
                if (!Double.isFinite(mean)) {
                    throw new ArithmeticException("The loss has no finite Hessian here");
                }
                columns[i][j] = mean;
                columns[j][i] = mean;
            }
        }
        return columns;
    }
}
