package org.menagerie.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.GraphException;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.FashionMnist;
import org.menagerie.training.data.FashionSubset;
import org.menagerie.training.data.Splits;
import org.menagerie.training.data.Subset;
import org.menagerie.training.data.Transform;
import org.menagerie.training.optimizer.Newton;
import org.menagerie.training.optimizer.NewtonCg;
import org.menagerie.training.optimizer.SecondOrder;
import org.menagerie.training.recipe.TrainingKinds;
import org.menagerie.training.schedule.ConstantRate;

/** Newton's method on losses whose minima are known: by normal equations, and by SciPy in {@code newton.json}. */
final class NewtonStepsTest {
    private static final JsonNode GOLDEN = golden();

    private static JsonNode golden() {
        try (InputStream in = NewtonStepsTest.class.getResourceAsStream("newton.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[] numbers(String path) {
        JsonNode node = GOLDEN.at("/" + path);
        double[] numbers = new double[node.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = node.get(i).asDouble();
        }
        return numbers;
    }

    private static SecondOrder method(String name) {
        return (SecondOrder) TrainingKinds.standard().optimizer(name);
    }

    private static StepGraph.Settings settings(SecondOrder method, double l2) {
        return StepGraph.Settings.of(method).withPenalty(new Penalty(0, l2));
    }

    /** A problem in double precision: an objective, its one batch and where to start. */
    private record Problem(Objective objective, double l2, Map<String, Tensor> batch, Map<String, Tensor> start) {
        List<Map<String, Double>> solve(SecondOrder method, int count, Map<String, Tensor> end) {
            List<Map<String, Double>> metrics = new ArrayList<>();
            try (NewtonSteps steps = new NewtonSteps(objective, settings(method, l2), start, Golden.OPTIONS, 1)) {
                for (int step = 1; step <= count; step++) {
                    steps.add(step, 1, batch);
                    steps.done().forEach(done -> metrics.add(done.metrics()));
                }
                end.putAll(steps.state());
            }
            return metrics;
        }
    }

    private static Value doubles(GraphBuilder g, String name, long... dims) {
        return g.parameter(name, TensorType.of(ElementType.FLOAT64, dims), Initializers.zeros());
    }

    private static Problem leastSquares() {
        Objective objective = g -> {
            Value x = g.input("x", "f64[N,3]");
            Value fitted = g.matMul(x, doubles(g, "w", 3, 1));
            return g.meanSquaredError(fitted, g.input("y", "f64[N,1]"));
        };
        // Columns of very unequal length, which gradient descent would creep along.
        double[] x = {100, 0, 1, 100, 1, 0, 0, 2, 0.01, 50, 0, 0.02};
        double[] y = {1, 2, 3, 4};
        return new Problem(
                objective,
                0,
                Map.of("x", Tensor.of(x, 4, 3), "y", Tensor.of(y, 4, 1)),
                Map.of("w", Tensor.of(new double[] {7, -3, 11}, 3, 1)));
    }

    @Test
    void aQuadraticIsSolvedInOneStep() {
        Problem problem = leastSquares();
        Map<String, Tensor> end = new HashMap<>();
        List<Map<String, Double>> metrics = problem.solve(Newton.defaults(), 2, end);
        assertThat(Golden.in(metrics.get(0), NewtonSteps.STEP_LENGTH)).isEqualTo(1);
        assertThat(Golden.in(metrics.get(0), NewtonSteps.HESSIAN_PRODUCTS)).isEqualTo(3);
        assertThat(Golden.in(metrics.get(0), StepGraph.GRADIENT_NORM)).isGreaterThan(1);
        assertThat(Golden.in(metrics.get(1), StepGraph.GRADIENT_NORM)).isLessThan(1e-8);
        // The normal equations: the residual is orthogonal to every column.
        double[] w = Golden.in(end, "w").toDoubleArray();
        double[] x = Golden.in(problem.batch(), "x").toDoubleArray();
        double[] y = Golden.in(problem.batch(), "y").toDoubleArray();
        for (int column = 0; column < 3; column++) {
            double product = 0;
            for (int row = 0; row < 4; row++) {
                double residual = -y[row];
                for (int k = 0; k < 3; k++) {
                    residual += x[3 * row + k] * w[k];
                }
                product += residual * x[3 * row + column];
            }
            assertThat(product).isCloseTo(0, within(1e-8));
        }
    }

    @Test
    void conjugateGradientsSolveAQuadraticOfThreeParametersInAFewSteps() {
        List<Map<String, Double>> metrics = leastSquares().solve(NewtonCg.defaults(), 12, new HashMap<>());
        assertThat(Golden.in(metrics.get(11), StepGraph.GRADIENT_NORM)).isLessThan(1e-8);
        assertThat(metrics)
                .allSatisfy(each -> assertThat(Golden.in(each, NewtonSteps.HESSIAN_PRODUCTS))
                        .isLessThanOrEqualTo(4));
    }

    private static Problem logistic() {
        Objective objective = g -> {
            Value z = g.add(g.matMul(g.input("x", "f64[N,3]"), doubles(g, "w", 3, 1)), doubles(g, "b", 1));
            Value exact = g.log(g.add(g.exp(z), 1));
            return g.mean(g.sub(exact, g.mul(g.input("t", "f64[N,1]"), z)));
        };
        return new Problem(
                objective,
                GOLDEN.at("/logistic/l2").asDouble(),
                Map.of("x", Tensor.of(numbers("logistic/x"), 40, 3), "t", Tensor.of(numbers("logistic/t"), 40, 1)),
                Map.of("w", Tensor.of(new double[3], 3, 1), "b", Tensor.of(new double[1], 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"newton", "newton-cg"})
    void logisticRegressionMeetsSciPysMinimum(String name) {
        Map<String, Tensor> end = new HashMap<>();
        List<Map<String, Double>> metrics = logistic().solve(method(name), 10, end);
        double[] point = numbers("logistic/point");
        assertThat(Golden.in(metrics.get(9), StepGraph.LOSS))
                .isCloseTo(GOLDEN.at("/logistic/loss").asDouble(), within(1e-12));
        assertThat(Golden.in(end, "w").toDoubleArray())
                .containsExactly(new double[] {point[0], point[1], point[2]}, within(1e-6));
        assertThat(Golden.in(end, "b").toDoubleArray()).containsExactly(new double[] {point[3]}, within(1e-6));
        fallsWithEveryStep(metrics);
    }

    private static Problem network() {
        Objective objective = g -> {
            Value hidden =
                    g.tanh(g.gemm(g.input("x", "f64[N,2]"), false, doubles(g, "w1", 4, 2), true, doubles(g, "b1", 4)));
            Value out = g.gemm(hidden, false, doubles(g, "w2", 1, 4), true, doubles(g, "b2", 1));
            return g.meanSquaredError(out, g.input("y", "f64[N,1]"));
        };
        double[] start = numbers("network/start");
        return new Problem(
                objective,
                GOLDEN.at("/network/l2").asDouble(),
                Map.of("x", Tensor.of(numbers("network/x"), 30, 2), "y", Tensor.of(numbers("network/y"), 30, 1)),
                Map.of(
                        "w1", Tensor.of(java.util.Arrays.copyOfRange(start, 0, 8), 4, 2),
                        "b1", Tensor.of(java.util.Arrays.copyOfRange(start, 8, 12), 4),
                        "w2", Tensor.of(java.util.Arrays.copyOfRange(start, 12, 16), 1, 4),
                        "b2", Tensor.of(java.util.Arrays.copyOfRange(start, 16, 17), 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"newton", "newton-cg"})
    void aSmallNetworkMeetsSciPysMinimum(String name) {
        List<Map<String, Double>> metrics = network().solve(method(name), 60, new HashMap<>());
        fallsWithEveryStep(metrics);
        Map<String, Double> last = metrics.get(59);
        assertThat(Golden.in(last, StepGraph.GRADIENT_NORM)).isLessThan(1e-7);
        assertThat(Golden.in(last, StepGraph.LOSS))
                .isCloseTo(GOLDEN.at("/network/loss").asDouble(), within(1e-9));
    }

    private static void fallsWithEveryStep(List<Map<String, Double>> metrics) {
        for (int i = 1; i < metrics.size(); i++) {
            assertThat(Golden.in(metrics.get(i), StepGraph.LOSS))
                    .as("loss of step %d", i + 1)
                    .isLessThanOrEqualTo(Golden.in(metrics.get(i - 1), StepGraph.LOSS) + 1e-15);
        }
    }

    /** A Hessian-vector product is how the gradient changes along the vector, penalty and noise included. */
    @Test
    void productsAreDifferencesOfGradients() {
        Objective objective = g -> {
            Value hidden = g.tanh(g.matMul(g.input("x", "f64[N,2]"), doubles(g, "w", 2, 5)));
            Value out = g.matMul(g.dropout(hidden, 0.4), doubles(g, "v", 5, 1));
            return g.meanSquaredError(out, g.input("y", "f64[N,1]"));
        };
        Map<String, Tensor> batch = network().batch();
        SplittableRandom random = new SplittableRandom(2);
        double[] point = random.doubles(15, -1, 1).toArray();
        double[] vector = random.doubles(15, -1, 1).toArray();
        double h = 1e-6;
        try (LossSurface surface = new LossSurface(objective, settings(NewtonCg.defaults(), 0.1), Golden.OPTIONS, 3)) {
            surface.take(1, batch, Map.of());
            double[] product = surface.product(point, vector);
            double[] up = surface.slopes(moved(point, h, vector)).gradient();
            double[] down = surface.slopes(moved(point, -h, vector)).gradient();
            for (int i = 0; i < product.length; i++) {
                assertThat(product[i]).isCloseTo((up[i] - down[i]) / (2 * h), within(1e-7));
            }
            double before = surface.loss(point);
            assertThat(surface.loss(point)).isEqualTo(before);
            surface.take(2, batch, Map.of());
            assertThat(surface.loss(point)).as("other noise").isNotEqualTo(before);
        }
    }

    private static double[] moved(double[] point, double length, double[] vector) {
        double[] sum = point.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += length * vector[i];
        }
        return sum;
    }

    @Test
    void atAMinimumItStays() {
        Problem problem = leastSquares();
        Map<String, Tensor> end = new HashMap<>();
        List<Map<String, Double>> metrics = problem.solve(Newton.defaults(), 5, end);
        assertThat(Golden.in(metrics.get(4), StepGraph.LOSS))
                .isCloseTo(Golden.in(metrics.get(1), StepGraph.LOSS), within(1e-14));
        assertThat(Golden.in(end, "w").toDoubleArray()).doesNotContain(Double.NaN);
    }

    /** A network in single precision as a trainer takes it: the loss of the whole data falls, and resuming is exact. */
    @Test
    void aTrainerTrainsAndResumesWithIt(@TempDir Path data, @TempDir Path whole, @TempDir Path cut) throws IOException {
        Splits all = FashionSubset.open(data);
        Splits splits = new Splits(Subset.range(all.train(), "train", 0, 200), all.validation(), all.test());
        Trainer.Outcome outcome = trainer(6).train(splits, storage(whole), TrainingListener.NONE);
        assertThat(Golden.in(outcome.history().get(5).train(), StepGraph.LOSS))
                .isLessThan(0.7 * Golden.in(outcome.history().get(0).train(), StepGraph.LOSS));
        trainer(3).train(splits, storage(cut), TrainingListener.NONE);
        trainer(6).train(splits, storage(cut), TrainingListener.NONE);
        assertThat(Files.readAllBytes(cut.resolve(Trainer.CHECKPOINT)))
                .isEqualTo(Files.readAllBytes(whole.resolve(Trainer.CHECKPOINT)));
    }

    private static Trainer.Storage storage(Path folder) {
        return new Trainer.Storage(folder, true, Map.of("test", "newton"));
    }

    private static Objective classifier() {
        return g -> {
            Value hidden = g.tanh(g.linear("hidden", g.flatten(g.input("image", "f32[N,1,28,28]")), 8));
            Value logits = g.linear("out", g.dropout(hidden, 0.1), 10);
            return g.crossEntropy(logits, g.input("label", "i64[N]"));
        };
    }

    private static Trainer trainer(int epochs) {
        TrainerOptions plan = new TrainerOptions(
                epochs, 200, 3, new ConstantRate().tracker(1, epochs, 0), Transform.NONE, FashionMnist.NORMALIZE, 0);
        return new Trainer(classifier(), settings(NewtonCg.defaults().withIterations(10), 0), plan, Golden.OPTIONS);
    }

    @Test
    void whatNewtonsMethodCannotTakeIsRefused() {
        assertThatThrownBy(() -> NewtonStepsTest.start(SmallNetwork.objective(0), settings(Newton.defaults(), 0)))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("norm.running_mean")
                .hasMessageContaining("layer or group normalisation");
        assertThatThrownBy(
                        () -> start(classifier(), settings(Newton.defaults(), 0).withClipping(new Clipping.ByNorm(1))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("unclipped");
        assertThatThrownBy(() -> StepGraph.of(classifier(), settings(Newton.defaults(), 0)))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("first order");
        Map<String, Tensor> start = Weights.initial(NewtonSteps.parameters(classifier()), 1);
        try (NewtonSteps steps =
                new NewtonSteps(classifier(), settings(Newton.defaults(), 0), start, Golden.OPTIONS, 1)) {
            Map<String, Tensor> batch = new LinkedHashMap<>();
            batch.put("image", Tensor.allocate(ElementType.FLOAT32, 2, 1, 28, 28));
            batch.put("label", Tensor.allocate(ElementType.INT64, 2));
            assertThatThrownBy(() -> steps.add(1, 1, batch)).hasMessageContaining("newton-cg");
        }
    }

    private static void start(Objective objective, StepGraph.Settings settings) {
        Map<String, Tensor> start = Weights.initial(NewtonSteps.parameters(objective), 1);
        new NewtonSteps(objective, settings, start, Golden.OPTIONS, 1).close();
    }
}
