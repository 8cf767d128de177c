package org.menagerie.training.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.menagerie.graph.Graph;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Mode;
import org.menagerie.graph.Value;
import org.menagerie.graph.onnx.OnnxWriter;
import org.menagerie.runtime.OnnxSession;
import org.menagerie.spi.Tensor;
import org.menagerie.training.Golden;
import org.menagerie.training.SmallNetwork;
import org.menagerie.training.StepGraph;
import org.menagerie.training.Trainer;
import org.menagerie.training.TrainerOptions;
import org.menagerie.training.TrainingListener;
import org.menagerie.training.data.FashionMnist;
import org.menagerie.training.data.FashionSubset;
import org.menagerie.training.data.Splits;
import org.menagerie.training.data.Transform;
import org.menagerie.training.optimizer.Adam;
import org.menagerie.training.schedule.CyclicCosine;

/** Ensembles on the subset of Fashion-MNIST, against what their members say one by one. */
final class EnsembleTest {
    private static final int CLASSES = 10;

    @TempDir
    static Path shared;

    private static Splits splits;
    private static Map<String, Tensor> test;
    private static Graph member;
    private static List<Map<String, Tensor>> weights;

    @BeforeAll
    static void trainThreeMembers() {
        splits = FashionSubset.open(shared);
        test = splits.test().batch(IntStream.range(0, splits.test().size()).toArray());
        FashionMnist.NORMALIZE.apply(test, new java.util.SplittableRandom(0));
        GraphBuilder g = new GraphBuilder("small", Mode.INFERENCE);
        SmallNetwork.objective(0).build(g);
        member = g.build().prunedTo(Map.of("logits", g.output("logits")));
        weights = Members.train(
                3,
                Members.Differ.BY_BOOTSTRAP,
                (seed, examples, own, listener) ->
                        trainer(seed, 3).train(examples, own, listener).weights(),
                splits,
                new Trainer.Storage(shared, true, Map.of("test", "test")),
                7,
                TrainingListener.NONE);
    }

    private static Trainer trainer(long seed, int epochs) {
        return new Trainer(
                SmallNetwork.objective(0), StepGraph.Settings.of(Adam.defaults()), plan(seed, epochs), Golden.OPTIONS);
    }

    private static TrainerOptions plan(long seed, int epochs) {
        int steps = splits.train().size() / 32;
        return new TrainerOptions(
                epochs,
                32,
                seed,
                new CyclicCosine(epochs).tracker(0.005, epochs * steps),
                Transform.NONE,
                FashionMnist.NORMALIZE,
                0);
    }

    private static float[] run(byte[] model) {
        try (OnnxSession session = OnnxSession.open(model, Golden.OPTIONS)) {
            assertThat(session.inputs()).extracting(info -> info.name()).containsExactly("image");
            assertThat(session.outputs()).extracting(info -> info.name()).containsExactly("logits");
            return Golden.in(session.run(Map.of("image", Golden.in(test, "image"))), "logits")
                    .toFloatArray();
        }
    }

    private static float[] alone(Map<String, Tensor> of) {
        return run(OnnxWriter.toBytes(member, of, Map.of()));
    }

    private static double[][] probabilities(float[] logits) {
        double[][] rows = new double[logits.length / CLASSES][CLASSES];
        for (int i = 0; i < rows.length; i++) {
            double sum = 0;
            for (int c = 0; c < CLASSES; c++) {
                rows[i][c] = Math.exp(logits[i * CLASSES + c]);
                sum += rows[i][c];
            }
            for (int c = 0; c < CLASSES; c++) {
                rows[i][c] /= sum;
            }
        }
        return rows;
    }

    private static int best(double[] row) {
        return IntStream.range(0, row.length)
                .boxed()
                .max(java.util.Comparator.comparingDouble(c -> row[c]))
                .orElseThrow();
    }

    private static double accuracy(float[] logits) {
        double[][] rows = probabilities(logits);
        long[] labels = Golden.in(test, "label").toLongArray();
        return IntStream.range(0, rows.length)
                        .filter(i -> best(rows[i]) == labels[i])
                        .count()
                / (double) rows.length;
    }

    @Test
    void meanProbabilityIsTheMeanOfTheMembers() {
        Ensemble ensemble = Ensemble.of(member, weights, Combination.MEAN_PROBABILITY);
        double[][] found = probabilities(run(OnnxWriter.toBytes(ensemble.graph(), ensemble.weights(), Map.of())));
        List<double[][]> each =
                weights.stream().map(w -> probabilities(alone(w))).toList();
        for (int i = 0; i < found.length; i++) {
            for (int c = 0; c < CLASSES; c++) {
                double mean = 0;
                for (double[][] one : each) {
                    mean += one[i][c] / each.size();
                }
                assertThat(found[i][c]).isCloseTo(mean, within(1e-5));
            }
        }
    }

    @Test
    void majorityVoteCountsAndBreaksTiesByProbability() {
        Ensemble ensemble = Ensemble.of(member, weights, Combination.MAJORITY_VOTE);
        double[][] found = probabilities(run(OnnxWriter.toBytes(ensemble.graph(), ensemble.weights(), Map.of())));
        List<double[][]> each =
                weights.stream().map(w -> probabilities(alone(w))).toList();
        int ties = 0;
        for (int i = 0; i < found.length; i++) {
            double[] score = new double[CLASSES];
            for (double[][] one : each) {
                score[best(one[i])] += 1;
                for (int c = 0; c < CLASSES; c++) {
                    score[c] += 0.01 * one[i][c];
                }
            }
            ties += Arrays.stream(score).max().orElseThrow() < 2 ? 1 : 0;
            assertThat(best(found[i])).isEqualTo(best(score));
        }
        assertThat(ties).as("rows on which all members differ").isPositive();
    }

    @Test
    void theEnsembleIsBetterThanItsMembersOnAverage() {
        double mean =
                weights.stream().mapToDouble(w -> accuracy(alone(w))).average().orElseThrow();
        Ensemble ensemble = Ensemble.of(member, weights, Combination.MEAN_PROBABILITY);
        double together = accuracy(run(OnnxWriter.toBytes(ensemble.graph(), ensemble.weights(), Map.of())));
        assertThat(mean).isGreaterThan(0.65);
        assertThat(together).isGreaterThan(mean);
    }

    @Test
    void averagedParametersAreOneNetwork() {
        Ensemble same = Ensemble.averaged(member, List.of(weights.get(0), weights.get(0)));
        assertThat(run(OnnxWriter.toBytes(same.graph(), same.weights(), Map.of())))
                .isEqualTo(alone(weights.get(0)));
        Ensemble mixed = Ensemble.averaged(member, weights);
        float[] first = Golden.in(weights.get(0), "out.bias").toFloatArray();
        float[] second = Golden.in(weights.get(1), "out.bias").toFloatArray();
        float[] third = Golden.in(weights.get(2), "out.bias").toFloatArray();
        assertThat(Golden.in(mixed.weights(), "out.bias").floats().get(3))
                .isCloseTo((first[3] + second[3] + third[3]) / 3, within(1e-7f));
        assertThat(mixed.graph().parameterCount()).isEqualTo(member.parameterCount());
    }

    @Test
    void snapshotsOfOneRunMakeAnEnsemble(@TempDir Path folder) throws IOException {
        Snapshots snapshots = new Snapshots(folder, 1);
        trainer(11, 3).train(splits, new Trainer.Storage(folder, true, Map.of("test", "snapshots")), snapshots);
        List<Map<String, Tensor>> kept = snapshots.weights(member.parameters());
        assertThat(kept).hasSize(3);
        assertThat(Golden.in(kept.get(0), "out.bias").bytes())
                .isNotEqualTo(Golden.in(kept.get(1), "out.bias").bytes());
        Path file = folder.resolve("ensemble.onnx");
        Ensemble.of(member, kept, Combination.MEAN_PROBABILITY).write(file, Map.of("members", "3"));
        double first = accuracy(alone(kept.get(0)));
        assertThat(accuracy(run(Files.readAllBytes(file)))).isGreaterThan(first);
    }

    @ParameterizedTest
    @EnumSource
    void sharedTrunkTrainsEveryHead(Combination combination, @TempDir Path folder) {
        SharedTrunk trunk = new SharedTrunk(
                "heads",
                3,
                combination,
                g -> g.relu(g.linear("trunk", g.flatten(g.input("image", "f32[N,1,28,28]")), 24)),
                (g, features) -> g.linear("out", g.relu(g.linear("hidden", features, 16)), CLASSES));
        Trainer trainer =
                new Trainer(trunk.objective(), StepGraph.Settings.of(Adam.defaults()), plan(2, 2), Golden.OPTIONS);
        Map<String, Tensor> trained = trainer.train(
                        splits, new Trainer.Storage(folder, false, Map.of("test", "heads")), TrainingListener.NONE)
                .weights();
        GraphBuilder g = new GraphBuilder("heads", Mode.INFERENCE);
        List<Value> heads = new ArrayList<>(trunk.build(g));
        assertThat(heads).hasSize(3);
        assertThat(trained.keySet()).contains("trunk.weight", "head_0.out.weight", "head_2.hidden.bias");
        assertThat(accuracy(run(OnnxWriter.toBytes(g.build(), trained, Map.of()))))
                .isGreaterThan(0.6);
    }

    @Test
    void anEnsembleNeedsMembers() {
        assertThatThrownBy(() -> Ensemble.of(member, List.of(), Combination.MEAN_PROBABILITY))
                .hasMessageContaining("at least one member");
        assertThatThrownBy(() -> Ensemble.averaged(member, List.of(weights.get(0), Map.of())))
                .hasMessageContaining("has no weight 'hidden.weight'");
    }
}
