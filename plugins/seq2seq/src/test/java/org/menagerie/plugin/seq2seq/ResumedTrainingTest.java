package org.menagerie.plugin.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.menagerie.graph.Architecture;
import org.menagerie.plugin.seq2seq.Seq2Seq.Attention;
import org.menagerie.plugin.seq2seq.Seq2Seq.Cell;
import org.menagerie.plugin.seq2seq.Seq2Seq.Config;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.training.Objective;
import org.menagerie.training.Saving;
import org.menagerie.training.StepGraph;
import org.menagerie.training.Trainer;
import org.menagerie.training.TrainerOptions;
import org.menagerie.training.TrainingListener;
import org.menagerie.training.data.BatchMemory;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.DatasetInfo;
import org.menagerie.training.data.Splits;
import org.menagerie.training.data.Subset;
import org.menagerie.training.data.Transform;
import org.menagerie.training.recipe.TrainingKinds;
import org.menagerie.training.schedule.ConstantRate;

/**
 * Long texts on two threads, with dropout and sampling: the same bits again, and after the process was killed within an
 * epoch. Both alphabets are small or large, so that both ways of adding an embedding's gradient are taken.
 */
final class ResumedTrainingTest {
    private static final int EPOCHS = 2;
    private static final int LONGEST = 48;

    @TempDir
    Path folder = Path.of("");

    /** Words of 24 to 48 letters of an alphabet, the first letters most often; a target is its word in reverse. */
    private record LongWords(int alphabet) implements Dataset {
        @Override
        public DatasetInfo info() {
            return new DatasetInfo(
                    "long words",
                    "%064x".formatted(alphabet),
                    List.of(
                            Column.of("spelling", "i64[B,S]"),
                            Column.of("spelling_length", "i32[B]"),
                            Column.of("phonemes", "i64[B,T]")),
                    List.of());
        }

        @Override
        public int size() {
            return 256;
        }

        @Override
        public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
            Tensor spelling = memory.tensor("spelling", ElementType.INT64, indices.length, LONGEST);
            Tensor length = memory.tensor("spelling_length", ElementType.INT32, indices.length);
            Tensor phonemes = memory.tensor("phonemes", ElementType.INT64, indices.length, LONGEST + 2);
            for (int i = 0; i < indices.length; i++) {
                SplittableRandom random = new SplittableRandom(indices[i]);
                int letters = LONGEST / 2 + random.nextInt(LONGEST / 2 + 1);
                length.ints().put(i, letters);
                for (int at = 0; at < LONGEST + 2; at++) {
                    phonemes.longs().put(i * (LONGEST + 2) + at, at == 0 ? 1 : at == letters + 1 ? 2 : 0);
                }
                for (int at = 0; at < LONGEST; at++) {
                    double drawn = Math.pow(random.nextDouble(), 3);
                    int letter = at < letters ? 3 + (int) (drawn * (alphabet - 3)) : 0;
                    spelling.longs().put(i * LONGEST + at, letter);
                    if (at < letters) {
                        phonemes.longs().put(i * (LONGEST + 2) + letters - at, letter);
                    }
                }
            }
            return Map.of("spelling", spelling, "spelling_length", length, "phonemes", phonemes);
        }
    }

    private static void train(Path run, int alphabet, TrainingListener listener) {
        Config config = new Config(
                Cell.LSTM,
                Attention.MULTIPLICATIVE,
                alphabet,
                alphabet,
                32,
                32,
                1,
                true,
                0.3,
                SamplingDecay.INVERSE_SIGMOID,
                0.3,
                null);
        Architecture<Config> architecture = new Seq2Seq();
        Dataset words = new LongWords(alphabet);
        Dataset few = Subset.range(words, "few long words", 0, 16);
        TrainerOptions plan = new TrainerOptions(
                EPOCHS, 32, 5, new ConstantRate().tracker(0.01, 16, 0), Transform.NONE, Transform.NONE, 0);
        Saving eachStep = new Saving(Duration.ofNanos(1), () -> false);
        new Trainer(
                        Objective.of(architecture, config),
                        StepGraph.Settings.of(TrainingKinds.standard().optimizer("adam")),
                        plan,
                        SessionOptions.defaults().withDevice(Device.CPU).withThreads(2))
                .train(
                        new Splits(words, few, few),
                        new Trainer.Storage(run, true, Map.of("alphabet", "" + alphabet), eachStep),
                        listener);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 400})
    void theSameBitsAgainAndAfterAKill(int alphabet) throws IOException, InterruptedException {
        Path whole = Files.createDirectory(folder.resolve("whole"));
        train(whole, alphabet, TrainingListener.NONE);
        Path again = Files.createDirectory(folder.resolve("again"));
        train(again, alphabet, TrainingListener.NONE);
        assertSame(again, whole);

        Path cut = Files.createDirectory(folder.resolve("cut"));
        for (int step : new int[] {3, 11}) {
            Process child = child(cut, alphabet, step);
            assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue())
                    .as(Files.readString(cut.resolve("child.log")))
                    .isEqualTo(Killed.EXIT_CODE);
        }
        List<Long> steps = new ArrayList<>();
        train(cut, alphabet, new TrainingListener() {
            @Override
            public void stepped(long step, Map<String, Double> metrics) {
                steps.add(step);
            }
        });
        assertThat(steps).as("goes on within the second epoch").startsWith(11L).endsWith(16L);
        assertSame(cut, whole);
    }

    private static void assertSame(Path found, Path expected) {
        for (String file : new String[] {Trainer.CHECKPOINT, Trainer.BEST}) {
            assertThat(found.resolve(file)).hasSameBinaryContentAs(expected.resolve(file));
        }
    }

    private static Process child(Path run, int alphabet, int step) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Killed.class.getName(),
                        run.toString(),
                        Integer.toString(alphabet),
                        Integer.toString(step))
                .redirectErrorStream(true)
                .redirectOutput(run.resolve("child.log").toFile())
                .start();
    }

    /** Trains until a step and ends the process there, with nothing cleaned up. */
    static final class Killed {
        static final int EXIT_CODE = 137;

        private Killed() {}

        public static void main(String[] arguments) {
            long last = Long.parseLong(arguments[2]);
            train(Path.of(arguments[0]), Integer.parseInt(arguments[1]), new TrainingListener() {
                @Override
                public void stepped(long step, Map<String, Double> metrics) {
                    if (step == last) {
                        Runtime.getRuntime().halt(EXIT_CODE);
                    }
                }
            });
        }
    }
}
