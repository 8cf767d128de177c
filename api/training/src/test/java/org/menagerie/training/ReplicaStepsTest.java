package org.menagerie.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.graph.Value;
import org.menagerie.graph.layer.Conv;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.runtime.PinnedTensor;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.training.recipe.TrainingKinds;

/** Steps on parts of a batch against steps on the whole. */
class ReplicaStepsTest {
    private static final int STEPS = 6;

    private static Objective objective(boolean batchNorm, double dropout) {
        return g -> {
            Value x = g.conv(
                    "conv",
                    g.input("image", "f32[N,1,8,8]"),
                    Conv.kernel(3).filters(6).pad(1));
            if (batchNorm) {
                x = g.batchNorm("norm", x);
            }
            x = g.dropout(g.maxPool(g.relu(x), 2), dropout);
            Value logits = g.linear("fc2", g.relu(g.linear("fc1", g.flatten(x), 20)), 4);
            g.output("logits", logits);
            Value label = g.input("label", "i64[N]");
            g.output("accuracy", g.accuracy(logits, label));
            return g.crossEntropy(logits, label);
        };
    }

    private static StepGraph.Settings settings(String optimizer) {
        return StepGraph.Settings.of(TrainingKinds.standard().optimizer(optimizer))
                .withClipping(new Clipping.ByNorm(0.5))
                .withPenalty(new Penalty(0, 1e-3));
    }

    private static Map<String, Tensor> batch(long step, int examples) {
        SplittableRandom random = new SplittableRandom(step);
        float[] pixels = new float[examples * 64];
        long[] labels = new long[examples];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextDouble(-1, 1);
        }
        for (int i = 0; i < examples; i++) {
            labels[i] = random.nextInt(4);
        }
        return Map.of("image", Tensor.of(pixels, examples, 1, 8, 8), "label", Tensor.of(labels, examples));
    }

    private record Result(Map<String, Tensor> state, List<Steps.Done> done) {}

    private static Result run(Steps steps, int examples) {
        try (steps) {
            for (int step = 1; step <= STEPS; step++) {
                steps.add(step, 0.05, batch(step, examples));
            }
            List<Steps.Done> done = steps.flush();
            Map<String, Tensor> state = new LinkedHashMap<>();
            steps.state().forEach((name, tensor) -> state.put(name, tensor.copy()));
            return new Result(state, done);
        }
    }

    private static Result whole(Objective objective, String optimizer, int examples) {
        StepGraph training = StepGraph.of(objective, settings(optimizer));
        try (StepRunner runner = new StepRunner(training, Weights.initial(training.all(), 3), Golden.OPTIONS, 1)) {
            return run(new StepBlocks(training, runner, 1, Golden.OPTIONS), examples);
        }
    }

    private static Result parts(Objective objective, String optimizer, int examples, int count) {
        SplitTraining training = SplitTraining.of(objective, settings(optimizer), count);
        return run(new ReplicaSteps(training, Weights.initial(training.all(), 3), count, Golden.OPTIONS, 1), examples);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sgd:momentum=.9", "adam", "muon"})
    void theStepsOfTheWholeBatchToRounding(String optimizer) {
        Result whole = whole(objective(false, 0), optimizer, 16);
        for (int count : new int[] {2, 3, 5}) {
            Result parts = parts(objective(false, 0), optimizer, 16, count);
            assertThat(parts.state().keySet()).isEqualTo(whole.state().keySet());
            parts.state().forEach((name, tensor) -> {
                float[] found = tensor.toFloatArray();
                float[] expected = Golden.in(whole.state(), name).toFloatArray();
                for (int i = 0; i < found.length; i++) {
                    assertThat((double) found[i])
                            .as("%s[%d] in %d parts", name, i, count)
                            .isEqualTo(expected[i], offset(2e-4));
                }
            });
            for (int step = 0; step < STEPS; step++) {
                Map<String, Double> expected = whole.done().get(step).metrics();
                Map<String, Double> found = parts.done().get(step).metrics();
                assertThat(found.keySet()).isEqualTo(expected.keySet());
                expected.forEach((name, value) ->
                        assertThat(Golden.in(found, name)).as(name).isEqualTo(value, offset(1e-4)));
            }
        }
    }

    @Test
    void sameBitsEveryTime() {
        Result first = parts(objective(true, .3), "adam", 16, 2);
        for (int again = 0; again < 5; again++) {
            parts(objective(true, .3), "adam", 16, 2)
                    .state()
                    .forEach((name, tensor) -> assertThat(tensor.bytes())
                            .as(name)
                            .isEqualTo(Golden.in(first.state(), name).bytes()));
        }
    }

    /** Both see the same examples, so that only their noise can tell them apart. */
    @Test
    void partsHaveDropoutOfTheirOwn() {
        Map<String, Tensor> half = batch(1, 4);
        Map<String, Tensor> equal =
                Map.of("image", doubled(half, "image", 8, 1, 8, 8), "label", Tensor.of(repeated(half), 8));
        for (double dropout : new double[] {0, .5}) {
            SplitTraining training = SplitTraining.of(objective(false, dropout), settings("sgd"), 2);
            Map<String, PinnedTensor> parameters = new LinkedHashMap<>();
            byte[] graph = OnnxWriter.toBytesWithParametersAsInputs(training.gradients());
            try (OnnxSession session = OnnxSession.open(graph, Golden.OPTIONS);
                    Replica first = new Replica(training, session, 0, 2, 1);
                    Replica second = new Replica(training, session, 1, 2, 1)) {
                Weights.initial(training.network(), 3)
                        .forEach((name, tensor) -> parameters.put(name, session.pin(tensor)));
                first.run(1, equal, parameters);
                second.run(1, equal, parameters);
                assertThat(first.metrics().equals(second.metrics())).isEqualTo(dropout == 0);
            } finally {
                parameters.values().forEach(PinnedTensor::close);
            }
        }
    }

    private static Tensor doubled(Map<String, Tensor> batch, String name, long... dims) {
        float[] once = Golden.in(batch, name).toFloatArray();
        float[] both = new float[2 * once.length];
        System.arraycopy(once, 0, both, 0, once.length);
        System.arraycopy(once, 0, both, once.length, once.length);
        return Tensor.of(both, dims);
    }

    private static long[] repeated(Map<String, Tensor> batch) {
        long[] once = Golden.in(batch, "label").toLongArray();
        long[] both = new long[2 * once.length];
        System.arraycopy(once, 0, both, 0, once.length);
        System.arraycopy(once, 0, both, once.length, once.length);
        return both;
    }

    /** Equal halves have equal statistics: what batch normalisation keeps is then that of the whole batch. */
    @Test
    void batchNormalisationTakesThePartsStatistics() {
        Map<String, Tensor> half = batch(1, 6);
        Map<String, Tensor> equal =
                Map.of("image", doubled(half, "image", 12, 1, 8, 8), "label", Tensor.of(repeated(half), 12));
        SplitTraining split = SplitTraining.of(objective(true, 0), settings("sgd"), 2);
        StepGraph training = StepGraph.of(objective(true, 0), settings("sgd"));
        Map<String, Tensor> start = Weights.initial(training.all(), 3);
        try (ReplicaSteps parts = new ReplicaSteps(split, start, 2, Golden.OPTIONS, 1);
                StepRunner whole = new StepRunner(training, start, Golden.OPTIONS, 1)) {
            parts.add(1, 0.05, equal);
            whole.step(1, 0.05, half);
            whole.state().forEach((name, expected) -> {
                float[] found = Golden.in(parts.state(), name).toFloatArray();
                for (int i = 0; i < found.length; i++) {
                    assertThat((double) found[i])
                            .as("%s[%d]", name, i)
                            .isEqualTo(expected.toFloatArray()[i], offset(1e-5));
                }
            });
        }
    }

    @Test
    void aBatchSmallerThanThePartsIsRefused() {
        assertThatThrownBy(() -> parts(objective(false, 0), "sgd", 2, 3))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("3 parts")
                .hasMessageContaining("fewer replicas");
    }

    @Test
    void aFailureInOnePartIsTold() {
        SplitTraining training = SplitTraining.of(objective(false, 0), settings("sgd"), 2);
        try (ReplicaSteps steps =
                new ReplicaSteps(training, Weights.initial(training.all(), 3), 2, Golden.OPTIONS, 1)) {
            Map<String, Tensor> wrong = Map.of("image", Tensor.of(new float[4 * 64], 4, 1, 8, 8));
            assertThatThrownBy(() -> steps.add(1, 0.05, wrong))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("Training needs 'label'");
        }
    }
}
