package org.menagerie.training.optimizer;

/**
 * Newton's method for any number of parameters: Hp = −∇f is solved by conjugate gradients, which need Hessian-vector
 * products only, and only as well as it pays, to ‖Hp + ∇f‖ ≤ min(½, √‖∇f‖)·‖∇f‖, so that convergence stays superlinear.
 * Where a direction of negative curvature comes up, the iteration ends with what it has, or with −∇f if that is nothing
 * (Nocedal and Wright 2006, algorithm 7.1).
 *
 * @param iterations of conjugate gradients at most, a Hessian-vector product each
 * @param lineSearch how far to go
 */
public record NewtonCg(int iterations, LineSearch lineSearch) implements SecondOrder {
    public NewtonCg {
        if (iterations < 1) {
            throw new IllegalArgumentException("Conjugate gradients need at least one iteration; found " + iterations);
        }
    }

    /** At most 100 iterations a step. */
    public static NewtonCg defaults() {
        return new NewtonCg(100, LineSearch.defaults());
    }

    public NewtonCg withIterations(int other) {
        return new NewtonCg(other, lineSearch);
    }

    public NewtonCg withLineSearch(LineSearch other) {
        return new NewtonCg(iterations, other);
    }

    @Override
    public Direction direction(double[] gradient, HessianProduct hessian) {
        double norm = Vectors.norm(gradient);
        double enough = Math.min(0.5, Math.sqrt(norm)) * norm;
        double[] step = new double[gradient.length];
        double[] residual = gradient;
        double[] search = Vectors.scaled(gradient, -1);
        double square = norm * norm;
        for (int i = 1; i <= iterations; i++) {
            double[] product = hessian.times(search);
            double curvature = Vectors.dot(search, product);
            if (!(curvature > 0)) {
                return new Direction(i == 1 ? search : step, i, false);
            }
            double length = square / curvature;
            step = Vectors.plus(step, length, search);
            residual = Vectors.plus(residual, length, product);
            double next = Vectors.dot(residual, residual);
            if (Math.sqrt(next) < enough) {
                return new Direction(step, i, true);
            }
            search = Vectors.plus(Vectors.scaled(residual, -1), next / square, search);
            square = next;
        }
        return new Direction(step, iterations, true);
    }
}
