package org.menagerie.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.graph.Value;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;
import org.menagerie.training.data.FashionMnist;
import org.menagerie.training.data.FashionSubset;
import org.menagerie.training.data.HorizontalFlip;
import org.menagerie.training.data.RandomStreams;
import org.menagerie.training.data.Splits;
import org.menagerie.training.data.Subset;
import org.menagerie.training.data.Transform;
import org.menagerie.training.recipe.TrainingKinds;
import org.menagerie.training.schedule.ConstantRate;
import org.menagerie.training.schedule.Cosine;
import org.menagerie.weights.Safetensors;

/** A training that is cut anywhere and resumed ends with the bits of one that was not. */
final class ResumeTest {
    private static final int EPOCHS = 5;
    private static final int STEPS_PER_EPOCH = 10;
    private static final Map<String, String> IDENTITY = Map.of("data", "subset", "recipe", "{\"seed\":1}");

    @TempDir
    static Path data;

    private static Splits splits;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        splits = small(FashionSubset.open(data));
    }

    private static Splits small(Splits whole) {
        return new Splits(
                Subset.range(whole.train(), "train", 0, 16 * STEPS_PER_EPOCH),
                Subset.range(whole.validation(), "validation", 0, 50),
                whole.test());
    }

    private static Trainer trainer(String optimizer) {
        TrainerOptions plan = new TrainerOptions(
                EPOCHS,
                16,
                3,
                new Cosine(0).tracker(0.02, (long) EPOCHS * STEPS_PER_EPOCH, 5),
                new HorizontalFlip(),
                FashionMnist.NORMALIZE,
                0);
        return new Trainer(
                SmallNetwork.objective(0.2),
                StepGraph.Settings.of(TrainingKinds.standard().optimizer(optimizer)),
                optimizer.equals("adam") ? plan.withStepsPerRun(4) : plan,
                Golden.OPTIONS);
    }

    private static void train(String optimizer, Path folder, TrainingListener listener) {
        trainer(optimizer).train(splits, new Trainer.Storage(folder, true, IDENTITY), listener);
    }

    /** With a checkpoint after each step. */
    private static void trainSaving(String optimizer, Path folder, TrainingListener listener) {
        Saving often = new Saving(Duration.ofNanos(1), () -> false);
        trainer(optimizer).train(splits, new Trainer.Storage(folder, true, IDENTITY, often), listener);
    }

    private record Cut(long at) implements TrainingListener {
        @Override
        public void stepped(long step, Map<String, Double> metrics) {
            if (step == at) {
                throw new IllegalStateException("cut at step " + step);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"momentum", "adam", "sgd"})
    void cutByAnException(String optimizer) throws IOException {
        Path whole = Files.createDirectory(folder.resolve("whole"));
        train(optimizer, whole, TrainingListener.NONE);
        Path cut = Files.createDirectory(folder.resolve("cut"));
        RandomGenerator random = new RandomStreams(optimizer.hashCode()).at("cuts");
        for (int epoch = 0; epoch < EPOCHS; epoch += 2) {
            long step = (long) epoch * STEPS_PER_EPOCH + 1 + random.nextInt(2 * STEPS_PER_EPOCH - 1);
            if (step <= (long) EPOCHS * STEPS_PER_EPOCH) {
                assertThatThrownBy(() -> train(optimizer, cut, new Cut(step))).hasMessageContaining("cut at step");
            }
        }
        train(optimizer, cut, TrainingListener.NONE);
        assertSame(cut, whole);
    }

    /** Stopped after any step, of a block of steps too: the checkpoint is of that step and nothing runs twice. */
    @ParameterizedTest
    @ValueSource(strings = {"momentum", "adam", "sgd"})
    void stoppedOnRequest(String optimizer) throws IOException {
        Path whole = Files.createDirectory(folder.resolve("whole"));
        train(optimizer, whole, TrainingListener.NONE);
        Path cut = Files.createDirectory(folder.resolve("cut"));
        List<Long> seen = new ArrayList<>();
        TrainingListener recording = new TrainingListener() {
            @Override
            public void stepped(long step, Map<String, Double> metrics) {
                seen.add(step);
            }
        };
        for (int steps : new int[] {1, 6, 3, STEPS_PER_EPOCH, 15}) {
            AtomicInteger left = new AtomicInteger(steps);
            Saving saving = new Saving(Duration.ZERO, () -> left.decrementAndGet() <= 0);
            Trainer.Storage storage = new Trainer.Storage(cut, true, IDENTITY, saving);
            assertThatThrownBy(() -> trainer(optimizer).train(splits, storage, recording))
                    .isInstanceOfSatisfying(
                            TrainingStoppedException.class,
                            stopped -> assertThat(stopped.step()).isEqualTo(seen.size()))
                    .hasMessageContaining("of 50");
        }
        train(optimizer, cut, recording);
        assertThat(seen).isEqualTo(LongStream.rangeClosed(1, 50).boxed().toList());
        assertSame(cut, whole);
    }

    /** The loss grows with progress, so weights are the same only if progress goes on where it was. */
    @Test
    void progressGoesOnWhereTrainingWasCut() throws IOException {
        Objective objective = g -> {
            Value loss = SmallNetwork.objective(0.2).build(g);
            if (!g.isTraining()) {
                return loss;
            }
            Value progress = g.output("reached", g.identity(g.progress()));
            assertThat(g.progress())
                    .as("one input however often it is asked for")
                    .isSameAs(g.input("progress"));
            return g.mul(loss, g.add(progress, 1));
        };
        TrainerOptions plan = new TrainerOptions(
                2, 16, 3, new ConstantRate().tracker(0.02, 20, 0), Transform.NONE, FashionMnist.NORMALIZE, 0);
        Trainer trainer = new Trainer(
                objective,
                StepGraph.Settings.of(TrainingKinds.standard().optimizer("adam")),
                plan.withStepsPerRun(3),
                Golden.OPTIONS);
        List<Double> seen = new ArrayList<>();
        Path whole = Files.createDirectory(folder.resolve("whole"));
        trainer.train(splits, new Trainer.Storage(whole, true, IDENTITY), new TrainingListener() {
            @Override
            public void stepped(long step, Map<String, Double> metrics) {
                seen.add(metrics.get("reached"));
            }
        });
        assertThat(seen).hasSize(2 * STEPS_PER_EPOCH).isSorted().startsWith(0.0).endsWith(1.0);
        Path cut = Files.createDirectory(folder.resolve("cut"));
        Trainer.Storage storage = new Trainer.Storage(cut, true, IDENTITY);
        assertThatThrownBy(() -> trainer.train(splits, storage, new Cut(15))).hasMessageContaining("cut at step");
        trainer.train(splits, storage, TrainingListener.NONE);
        assertSame(cut, whole);
    }

    @Test
    void cutByKillingTheProcess() throws IOException, InterruptedException {
        Path whole = Files.createDirectory(folder.resolve("whole"));
        train("momentum", whole, TrainingListener.NONE);
        Path cut = Files.createDirectory(folder.resolve("cut"));
        for (long step : new long[] {13, 37, 38}) {
            Process child = child(cut, step);
            assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue()).as("killed by SIGKILL").isEqualTo(128 + 9);
        }
        List<Long> seen = new ArrayList<>();
        train("momentum", cut, new TrainingListener() {
            @Override
            public void stepped(long step, Map<String, Double> metrics) {
                seen.add(step);
            }
        });
        assertThat(seen).as("goes on within the epoch").startsWith(38L).hasSize(13);
        assertSame(cut, whole);
    }

    private static Process child(Path folder, long step) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Killed.class.getName(),
                        data.toString(),
                        folder.toString(),
                        Long.toString(step))
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "child.log"))
                .start();
    }

    /** Trains until a step and then kills its own process, which can clean nothing up. */
    static final class Killed {
        private Killed() {}

        public static void main(String[] arguments) {
            splits = small(FashionSubset.open(Path.of(arguments[0])));
            long last = Long.parseLong(arguments[2]);
            trainSaving("momentum", Path.of(arguments[1]), new TrainingListener() {
                @Override
                public void stepped(long step, Map<String, Double> metrics) {
                    if (step == last) {
                        ProcessHandle self = ProcessHandle.current();
                        try {
                            new ProcessBuilder("kill", "-9", Long.toString(self.pid()))
                                    .start()
                                    .waitFor();
                        } catch (IOException | InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                }
            });
        }
    }

    @Test
    void anotherTrainingsCheckpointIsRefused() throws IOException {
        assertThatThrownBy(() -> train("sgd", folder, new Cut(25))).hasMessageContaining("cut at step");
        Trainer.Storage other =
                new Trainer.Storage(folder, true, Map.of("data", "subset", "recipe", "{\"seed\":2,\"epochs\":3}"));
        assertThatThrownBy(() -> trainer("sgd").train(splits, other, TrainingListener.NONE))
                .isInstanceOf(ZooException.class)
                .hasMessageContaining("belongs to another training")
                .hasMessageContaining(
                        "another training: epochs was not set and is now 3; seed was 1 and is now 2. Resume it");
    }

    private static void assertSame(Path found, Path expected) {
        for (String file : new String[] {"checkpoint.safetensors", Trainer.BEST}) {
            Map<String, Tensor> tensors =
                    Safetensors.read(expected.resolve(file)).tensors();
            Map<String, Tensor> others = Safetensors.read(found.resolve(file)).tensors();
            assertThat(others.keySet()).isEqualTo(tensors.keySet());
            tensors.forEach((name, tensor) ->
                    assertThat(Golden.in(others, name).bytes()).as(name).isEqualTo(tensor.bytes()));
            assertThat(Safetensors.read(found.resolve(file)).metadata())
                    .isEqualTo(Safetensors.read(expected.resolve(file)).metadata());
        }
    }
}
