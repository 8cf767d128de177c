package org.menagerie.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Directions and line searches on functions written out by hand. */
final class SecondOrderTest {
    private static SecondOrder.HessianProduct matrix(double[]... rows) {
        return vector -> {
            double[] product = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                product[i] = Vectors.dot(rows[i], vector);
            }
            return product;
        };
    }

    @Test
    void bothSolveAPositiveDefiniteSystem() {
        SecondOrder.HessianProduct hessian =
                matrix(new double[] {4, 1, 0}, new double[] {1, 3, -1}, new double[] {0, -1, 2});
        double[] gradient = {1e-9, 2e-9, 3e-9};
        // By cofactors; the determinant is 18.
        double[] expected = {2 / 18e9, -26 / 18e9, -40 / 18e9};
        for (SecondOrder method : new SecondOrder[] {Newton.defaults(), NewtonCg.defaults()}) {
            SecondOrder.Direction direction = method.direction(gradient, hessian);
            assertThat(direction.convex()).isTrue();
            assertThat(direction.step()).containsExactly(expected, within(1e-13));
            assertThat(direction.products()).isEqualTo(3);
        }
    }

    /** f = x² − y² at (1, 1): Newton's own point is the saddle, but both go on downhill. */
    @Test
    void nearASaddleBothGoDownhill() {
        SecondOrder.HessianProduct hessian = matrix(new double[] {2, 0}, new double[] {0, -2});
        double[] gradient = {2, -2};
        for (SecondOrder method : new SecondOrder[] {Newton.defaults(), NewtonCg.defaults()}) {
            SecondOrder.Direction direction = method.direction(gradient, hessian);
            assertThat(direction.convex()).isFalse();
            assertThat(Vectors.dot(direction.step(), gradient)).isNegative();
            assertThat(direction.step()[1]).as("away from the saddle").isPositive();
        }
    }

    @Test
    void conjugateGradientsFallBackOnSteepestDescent() {
        SecondOrder.Direction direction =
                NewtonCg.defaults().direction(new double[] {3, 4}, matrix(new double[] {-1, 0}, new double[] {0, -1}));
        assertThat(direction.step()).containsExactly(-3, -4);
        assertThat(direction.products()).isEqualTo(1);
    }

    @Test
    void conjugateGradientsStopWhenItDoesNotPay() {
        // Far from the minimum half the gradient is enough: one iteration on a well conditioned matrix.
        SecondOrder.Direction direction = NewtonCg.defaults()
                .direction(new double[] {300, 400}, matrix(new double[] {1, 0}, new double[] {0, 1.1}));
        assertThat(direction.products()).isEqualTo(1);
        SecondOrder.Direction limited = NewtonCg.defaults()
                .withIterations(1)
                .direction(new double[] {1e-9, 1e-9}, matrix(new double[] {1, 0}, new double[] {0, 1000}));
        assertThat(limited.products()).isEqualTo(1);
    }

    @Test
    void choleskySolvesAndTellsWhatIsNotPositiveDefinite() {
        SplittableRandom random = new SplittableRandom(4);
        int n = 30;
        double[][] root = new double[n][];
        for (int i = 0; i < n; i++) {
            root[i] = random.doubles(n, -1, 1).toArray();
        }
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i][j] = Vectors.dot(root[i], root[j]) + (i == j ? 0.1 : 0);
            }
        }
        double[] x = random.doubles(n, -1, 1).toArray();
        double[] b = matrix(a).times(x);
        assertThat(Cholesky.of(a, 0).orElseThrow().solve(b)).containsExactly(x, within(1e-9));
        assertThat(Cholesky.of(a, -100)).isEmpty();
        assertThat(Cholesky.of(new double[][] {{1, 2}, {2, 1}}, 0)).isEmpty();
        assertThat(Cholesky.of(new double[][] {{1, 2}, {2, 1}}, 1.5)).isPresent();
        assertThat(Cholesky.of(new double[][] {{Double.NaN}}, 0)).isEmpty();
    }

    @Test
    void backtrackingHalvesUntilTheLossFallsByEnough() {
        // f = x⁴ from 1 along −16, whose minimum is at 1/16 of it.
        LineSearch.Found found = LineSearch.defaults()
                .along(new double[] {1}, new double[] {-16}, 1, -64, 1, x -> Math.pow(x[0], 4))
                .orElseThrow();
        assertThat(found.length()).isEqualTo(0.0625);
        assertThat(found.loss()).isZero();
        assertThat(LineSearch.defaults().along(new double[] {1}, new double[] {1}, 1, -1, 1, x -> Double.NaN))
                .as("a loss that is no number is never accepted")
                .isEmpty();
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new LineSearch(1, 0.5, 3)).hasMessageContaining("decrease");
        assertThatThrownBy(() -> new LineSearch(0.1, 0, 3)).hasMessageContaining("contraction");
        assertThatThrownBy(() -> new LineSearch(0.1, 0.5, 0)).hasMessageContaining("at least one");
        assertThatThrownBy(() -> Newton.defaults().withDamping(0)).hasMessageContaining("damping");
        assertThatThrownBy(() -> NewtonCg.defaults().withIterations(0)).hasMessageContaining("at least one");
        assertThatThrownBy(() -> Newton.defaults()
                        .withLimit(1)
                        .direction(new double[] {1, 1}, matrix(new double[] {1, 0}, new double[] {0, 1})))
                .hasMessageContaining("newton-cg");
        assertThatThrownBy(() -> Newton.defaults().direction(new double[] {1}, v -> new double[] {Double.NaN}))
                .hasMessageContaining("finite");
    }
}
