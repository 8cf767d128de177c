package org.menagerie.training.optimizer;

import java.util.Optional;

/**
 * A symmetric positive definite matrix as LLᵀ with L lower triangular (Golub and Van Loan 2013, section 4.2).
 *
 * @param lower L; what is above the diagonal is not used
 */
record Cholesky(double[][] lower) {
    /** The factors of A + τI; empty if it is not positive definite. */
    static Optional<Cholesky> of(double[][] a, double tau) {
        int n = a.length;
        double[][] lower = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = a[i][j] + (i == j ? tau : 0);
                for (int k = 0; k < j; k++) {
                    rest -= lower[i][k] * lower[j][k];
                }
                if (i > j) {
                    lower[i][j] = rest / lower[j][j];
                } else if (rest > 0) {
                    lower[i][i] = Math.sqrt(rest);
                } else {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new Cholesky(lower));
    }

    /** The solution x of LLᵀx = b. */
    double[] solve(double[] b) {
        int n = b.length;
        double[] x = b.clone();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= lower[i][k] * x[k];
            }
            x[i] /= lower[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                x[i] -= lower[k][i] * x[k];
            }
            x[i] /= lower[i][i];
        }
        return x;
    }
}
