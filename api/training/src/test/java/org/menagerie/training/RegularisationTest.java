package org.menagerie.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Initializers;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.FashionMnist;
import org.menagerie.training.data.FashionSubset;
import org.menagerie.training.data.Splits;
import org.menagerie.training.data.Subset;
import org.menagerie.training.data.Transform;
import org.menagerie.training.optimizer.Sgd;

/** Each regulariser for the property that defines it. */
final class RegularisationTest {
    private static final float[] WEIGHTS = {1, -2, 0.5f, 0, 3, -0.25f};

    /** A loss without gradient, so that only the penalty moves the weights. */
    private static Map<String, Tensor> afterOneStep(Penalty penalty) {
        Objective flat = g -> {
            Value w = g.parameter("w", TensorType.of(ElementType.FLOAT32, 2, 3), Initializers.zeros());
            Value b = g.parameter("b", TensorType.of(ElementType.FLOAT32, 3), Initializers.zeros());
            Value x = g.input("x", "f32[]");
            return g.mul(g.mul(g.sum(w), g.sum(b)), g.mul(x, 0));
        };
        StepGraph training =
                StepGraph.of(flat, StepGraph.Settings.of(Sgd.plain()).withPenalty(penalty));
        Map<String, Tensor> start = Map.of("w", Tensor.of(WEIGHTS, 2, 3), "b", Tensor.of(new float[] {1, 2, 3}, 3));
        Map<String, Tensor> after = new HashMap<>();
        try (StepRunner runner = new StepRunner(training, start, Golden.OPTIONS, 1)) {
            runner.step(1, 0.1, Map.of("x", Tensor.scalar(1f)));
            runner.state().forEach((name, tensor) -> after.put(name, tensor.copy()));
        }
        assertThat(Golden.in(after, "b").toFloatArray())
                .as("biases are left alone")
                .containsExactly(1, 2, 3);
        return after;
    }

    /** Pixels from 0 to 255 saturate a tanh; with layer normalisation before it the network learns all the same. */
    @Test
    void layerNormalisationTrains(@TempDir Path folder) {
        Map<String, Tensor> batch = FashionSubset.open(folder)
                .train()
                .batch(java.util.stream.IntStream.range(0, 64).toArray());
        double plain = lossAfterSteps(batch, false);
        double normalised = lossAfterSteps(batch, true);
        assertThat(normalised).isLessThan(0.3).isLessThan(0.5 * plain);
    }

    private static double lossAfterSteps(Map<String, Tensor> batch, boolean normalise) {
        Objective objective = g -> {
            Value hidden = g.linear("hidden", g.flatten(g.input("image", "f32[N,1,28,28]")), 32);
            Value scaled = normalise ? g.layerNorm("norm", hidden) : hidden;
            return g.crossEntropy(g.linear("out", g.tanh(scaled), 10), g.input("label", "i64[N]"));
        };
        StepGraph training = StepGraph.of(objective, StepGraph.Settings.of(Sgd.withMomentum(0.9)));
        double loss = Double.NaN;
        try (StepRunner runner = new StepRunner(training, Weights.initial(training.all(), 1), Golden.OPTIONS, 1)) {
            for (int step = 1; step <= 60; step++) {
                loss = Golden.in(runner.step(step, 0.05, batch), StepGraph.LOSS);
            }
            if (normalise) {
                assertThat(Golden.in(runner.state(), "norm.weight").toFloatArray())
                        .as("its scales train")
                        .doesNotContain(1);
                assertThat(Golden.in(runner.state(), "norm.bias").toFloatArray())
                        .as("its shifts train")
                        .doesNotContain(0);
            }
        }
        return loss;
    }

    /** −log of a Gaussian prior of variance 1/λ has the gradient λw: every weight shrinks by the same share. */
    @Test
    void l2IsAGaussianPrior() {
        float[] after = Golden.in(afterOneStep(new Penalty(0, 0.5)), "w").toFloatArray();
        for (int i = 0; i < after.length; i++) {
            assertThat(after[i]).isCloseTo(WEIGHTS[i] * (1 - 0.1f * 0.5f), within(1e-6f));
        }
    }

    /** The gradient of |w| is its sign: every weight comes nearer to zero by the same amount, and zero stays. */
    @Test
    void l1ShrinksByAConstant() {
        float[] after = Golden.in(afterOneStep(new Penalty(0.5, 0)), "w").toFloatArray();
        for (int i = 0; i < after.length; i++) {
            assertThat(after[i]).isCloseTo(WEIGHTS[i] - 0.05f * Math.signum(WEIGHTS[i]), within(1e-6f));
        }
    }

    /** Inverted dropout: as many zeros as its probability says, the rest scaled so that the mean stays. */
    @Test
    void dropoutKeepsTheMean() {
        GraphBuilder g = new GraphBuilder("dropout", Mode.TRAINING);
        g.output("y", g.dropout(g.input("x", "f32[N]"), 0.3));
        Graph graph = g.build();
        int n = 200_000;
        float[] ones = new float[n];
        java.util.Arrays.fill(ones, 1);
        Map<String, Tensor> inputs = new HashMap<>(Map.of("x", Tensor.of(ones, n)));
        inputs.putAll(new NoiseTensors(graph.inputs(), graph.noises(), 4).at(1, inputs));
        try (OnnxSession session = OnnxSession.open(OnnxWriter.toBytesWithParametersAsInputs(graph), Golden.OPTIONS)) {
            float[] y = Golden.in(session.run(inputs), "y").toFloatArray();
            int zeros = 0;
            double sum = 0;
            for (float each : y) {
                assertThat(each == 0 || Math.abs(each - 1 / 0.7f) < 1e-6f).isTrue();
                zeros += each == 0 ? 1 : 0;
                sum += each;
            }
            assertThat(zeros / (double) n).isCloseTo(0.3, within(0.005));
            assertThat(sum / n).isCloseTo(1, within(0.007));
        }
        GraphBuilder inference = new GraphBuilder("dropout", Mode.INFERENCE);
        Value x = inference.input("x", "f32[N]");
        assertThat(inference.dropout(x, 0.3)).isSameAs(x);
    }

    /** The batch's own statistics normalise; the running ones move by a tenth, with the unbiased variance. */
    @Test
    void batchNormMovesItsStatisticsAsPyTorchDoes() {
        Objective objective = g -> {
            Value y = g.batchNorm("norm", g.input("x", "f32[N,3]"));
            return g.mean(y);
        };
        StepGraph training = StepGraph.of(objective, StepGraph.Settings.of(Sgd.plain()));
        float[] x = Golden.numbers("x");
        float[] second = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            second[i] = 2 * x[i] + 1;
        }
        try (StepRunner runner = new StepRunner(training, Weights.initial(training.all(), 1), Golden.OPTIONS, 1)) {
            runner.step(1, 0, Map.of("x", Tensor.of(x, 8, 3)));
            runner.step(2, 0, Map.of("x", Tensor.of(second, 8, 3)));
            assertThat(Golden.in(runner.state(), "norm.running_mean").toFloatArray())
                    .containsExactly(Golden.numbers("batch_norm/mean"), within(1e-6f));
            assertThat(Golden.in(runner.state(), "norm.running_var").toFloatArray())
                    .containsExactly(Golden.numbers("batch_norm/variance"), within(1e-6f));
        }
    }

    /** A rate so small that nothing improves after the first epoch: training stops after its patience. */
    @Test
    void earlyStoppingStopsAndKeepsTheBest(@TempDir Path folder) {
        Splits whole = FashionSubset.open(folder);
        Splits splits = new Splits(
                Subset.range(whole.train(), "train", 0, 320),
                Subset.range(whole.validation(), "v", 0, 50),
                whole.test());
        TrainerOptions plan = new TrainerOptions(
                30, 32, 1, step -> step < 20 ? 0.1f : 1e-12f, Transform.NONE, FashionMnist.NORMALIZE, 3);
        Objective objective = g -> {
            Value logits = g.linear("out", g.flatten(g.input("image", "f32[N,1,28,28]")), 10);
            return g.crossEntropy(logits, g.input("label", "i64[N]"));
        };
        Trainer.Outcome outcome = new Trainer(objective, StepGraph.Settings.of(Sgd.plain()), plan, Golden.OPTIONS)
                .train(splits, new Trainer.Storage(folder, false, Map.of("test", "early")), TrainingListener.NONE);
        int best = 0;
        for (EpochReport report : outcome.history()) {
            best = report.best() ? report.epoch() : best;
        }
        assertThat(outcome.history()).hasSize(best + 3).hasSizeLessThan(30);
        try (Evaluator evaluator = new Evaluator(objective, Golden.OPTIONS)) {
            double loss = Golden.in(
                    evaluator.evaluate(
                            new org.menagerie.training.data.Batches(
                                    splits.validation(),
                                    org.menagerie.training.data.BatchOrder.inOrder(50),
                                    FashionMnist.NORMALIZE),
                            outcome.weights()),
                    StepGraph.LOSS);
            assertThat(loss)
                    .isCloseTo(Golden.in(outcome.history().get(best - 1).validation(), StepGraph.LOSS), within(1e-6));
        }
    }
}
