package org.menagerie.plugin.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.menagerie.runtime.Device;
import org.menagerie.runtime.SessionOptions;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.training.Objective;
import org.menagerie.training.Saving;
import org.menagerie.training.StepGraph;
import org.menagerie.training.Trainer;
import org.menagerie.training.TrainerOptions;
import org.menagerie.training.TrainingListener;
import org.menagerie.training.TrainingStoppedException;
import org.menagerie.training.data.DataFiles;
import org.menagerie.training.data.Splits;
import org.menagerie.training.data.TextFile;
import org.menagerie.training.data.Transform;
import org.menagerie.training.recipe.TrainingKinds;
import org.menagerie.training.schedule.ConstantRate;

/** Truncated back-propagation: states go on from segment to segment, and through a checkpoint to the same bits. */
class StreamsTest {
    private static final int ROWS = 4;

    @TempDir
    Path folder = Path.of("");

    private Splits text(int length) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 10_700; i++) {
            text.append((char) ('a' + (i * i + i / 7) % 11));
        }
        Path file = folder.resolve("text.txt");
        Files.writeString(file, text);
        return TextFile.anyFile().open("%s,length=%d".formatted(file, length), DataFiles.NONE);
    }

    private Trainer trainer(Cell cell, int streams, double rate, int replicas) {
        return new Trainer(
                Objective.of(new LanguageModel(), new LanguageModel.Config(cell, 12, 4, 5, 2, 0, streams)),
                StepGraph.Settings.of(TrainingKinds.standard().optimizer("sgd")),
                new TrainerOptions(
                                1, ROWS, 5, new ConstantRate().tracker(rate, 100, 0), Transform.NONE, Transform.NONE, 0)
                        .withReplicas(replicas),
                SessionOptions.defaults().withDevice(Device.CPU).withThreads(1));
    }

    private List<Double> losses(Trainer trainer, Splits data, String run) throws IOException {
        List<Double> losses = new ArrayList<>();
        Path place = Files.createDirectories(folder.resolve(run));
        trainer.train(data, new Trainer.Storage(place, false, Map.of()), new TrainingListener() {
            @Override
            public void stepped(long step, Map<String, Double> metrics) {
                losses.add(metrics.getOrDefault("loss", Double.NaN));
            }
        });
        return losses;
    }

    /** With weights that barely move, short segments with states that go on have the mean loss of long ones. */
    @ParameterizedTest
    @EnumSource
    void shortSegmentsAreOneLongOne(Cell cell) throws IOException {
        double tiny = 1e-9;
        List<Double> whole = losses(trainer(cell, ROWS, tiny, 1), text(300), cell + "long");
        List<Double> parts = losses(trainer(cell, ROWS, tiny, 1), text(100), cell + "short");
        assertThat(whole).hasSize(8);
        assertThat(parts).hasSize(24);
        for (int i = 0; i < whole.size(); i++) {
            double mean = (parts.get(3 * i) + parts.get(3 * i + 1) + parts.get(3 * i + 2)) / 3;
            assertThat(mean).as("segment " + i).isCloseTo(whole.get(i), within(1e-5));
        }
        List<Double> fromZeros = losses(trainer(cell, 0, tiny, 1), text(100), cell + "zeros");
        assertThat(Math.abs(fromZeros.get(1) - parts.get(1)))
                .as("states make a difference")
                .isGreaterThan(1e-4);
    }

    @Test
    void aTrainingThatWasStoppedGivesTheSameBits() throws IOException {
        Splits data = text(100);
        Path whole = Files.createDirectories(folder.resolve("whole"));
        trainer(Cell.LSTM, ROWS, 0.5, 1).train(data, new Trainer.Storage(whole, true, Map.of()), TrainingListener.NONE);

        Path cut = Files.createDirectories(folder.resolve("cut"));
        AtomicBoolean stop = new AtomicBoolean();
        Saving saving = new Saving(Duration.ofDays(1), stop::get);
        TrainingListener afterTen = new TrainingListener() {
            @Override
            public void stepped(long step, Map<String, Double> metrics) {
                stop.set(step == 10);
            }
        };
        assertThatThrownBy(() -> trainer(Cell.LSTM, ROWS, 0.5, 1)
                        .train(data, new Trainer.Storage(cut, true, Map.of(), saving), afterTen))
                .isInstanceOf(TrainingStoppedException.class);
        trainer(Cell.LSTM, ROWS, 0.5, 1).train(data, new Trainer.Storage(cut, true, Map.of()), TrainingListener.NONE);
        for (String file : new String[] {Trainer.CHECKPOINT, Trainer.BEST}) {
            assertThat(cut.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
    }

    @Test
    void replicasAreRefused() {
        assertThatThrownBy(() -> losses(trainer(Cell.GRU, ROWS, 0.1, 2), text(100), "replicas"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("carried.hidden")
                .hasMessageContaining("one replica, not 2");
    }
}
