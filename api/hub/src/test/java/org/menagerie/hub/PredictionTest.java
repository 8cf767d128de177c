package org.menagerie.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Binder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.runtime.Device;
import org.menagerie.spi.CancelledException;
import org.menagerie.spi.DeadlineException;
import org.menagerie.spi.DecoderKind;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Model;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;
import org.menagerie.spi.ZooException;

/** What ends a prediction before it has answered, what is told of it, and which model a failure names. */
@Timeout(60)
class PredictionTest {
    @TempDir
    Path temp;

    private ZooOptions options = ZooOptions.defaults();

    /** A decoder whose behaviour the input decides: it is slow, throws, or gives too little. */
    public static final class Moody implements ModelPlugin {
        static final AtomicInteger BATCHES = new AtomicInteger();

        @Override
        public PluginInfo info() {
            return new PluginInfo("moody", "Decodes as it likes.");
        }

        @Override
        public void configure(Binder binder) {
            PluginBinder.on(binder)
                    .decoder("moody", new DecoderKind<>(Double.class, TestPlugins.Nothing.class, (s, card) -> {
                        return (prepared, inference) ->
                                answers(inference.output("doubled").toFloatArray());
                    }));
        }

        private static List<Double> answers(float[] doubled) {
            BATCHES.incrementAndGet();
            List<Double> answers = new ArrayList<>();
            for (float value : doubled) {
                if (value == 2 * 13) {
                    throw new ArrayIndexOutOfBoundsException("Index 7 out of bounds for length 3");
                }
                answers.add(value == 2 * 14 ? null : Double.valueOf(value));
            }
            if (doubled[0] == 2 * 15) {
                answers.remove(0);
            }
            if (doubled[0] == 2 * 16) {
                try {
                    Thread.sleep(20);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return answers;
        }
    }

    @BeforeEach
    void oneCard() throws IOException {
        Path cards = temp.resolve("cards");
        TestModels.write(cards, "moody", TestModels.doubler(0));
        Path card = cards.resolve("moody.md");
        Files.writeString(card, Files.readString(card).replace("decoder: {name: number}", "decoder: {name: moody}"));
        options = ZooOptions.defaults()
                .withHome(temp.resolve("home"))
                .withDevice(Device.CPU)
                .withCatalogs(List.of(cards))
                .withClassLoader(TestPlugins.classLoader(
                        temp, List.of(TestPlugins.Numbers.class.getName(), Moody.class.getName())));
        Moody.BATCHES.set(0);
    }

    private static Model<Double, Double> moody(Zoo zoo) {
        return zoo.load("moody", Double.class, Double.class);
    }

    /** Many batches of 64 inputs, each of which takes 20 ms. */
    private static List<Double> slow() {
        return Collections.nCopies(64 * 500, 16.0);
    }

    @Test
    void anInterruptEndsItBetweenBatches() throws Exception {
        try (Zoo zoo = Zoo.open(options)) {
            Model<Double, Double> model = moody(zoo);
            CompletableFuture<Throwable> ended = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    model.predict(slow());
                    ended.complete(new AssertionError("it answered"));
                } catch (RuntimeException e) {
                    ended.complete(Thread.currentThread().isInterrupted() ? e : new AssertionError("not interrupted"));
                }
            });
            thread.start();
            while (Moody.BATCHES.get() < 2) {
                Thread.sleep(1);
            }
            thread.interrupt();
            assertThat(ended.get(2, TimeUnit.SECONDS))
                    .isInstanceOf(CancelledException.class)
                    .hasMessage("A prediction of moody was interrupted");
            assertThat(model.predict(1.0)).isEqualTo(2.0);
        }
    }

    @Test
    void aLimitOfACallOrOfAZooEndsIt() {
        try (Zoo zoo = Zoo.open(options)) {
            Model<Double, Double> model = moody(zoo);
            assertThatThrownBy(() -> model.predict(slow(), Duration.ofMillis(100)))
                    .isInstanceOf(DeadlineException.class)
                    .hasMessage("A prediction of moody took longer than its limit of 100 ms");
            assertThat(model.predict(List.of(1.0), Duration.ofSeconds(30))).containsExactly(2.0);
            assertThatThrownBy(() -> model.predict(List.of(1.0), Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        try (Zoo zoo = Zoo.open(options.withLimit(Duration.ofMillis(150)))) {
            assertThatThrownBy(() -> moody(zoo).predict(slow()))
                    .isInstanceOf(DeadlineException.class)
                    .hasMessageContaining("150 ms");
        }
    }

    @Test
    void closingWithALimitStopsWhatIsLeft() throws Exception {
        Zoo zoo = Zoo.open(options);
        Model<Double, Double> model = moody(zoo);
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<Object> answer = CompletableFuture.supplyAsync(() -> {
            started.countDown();
            return model.predict(slow());
        });
        started.await();
        while (Moody.BATCHES.get() < 2) {
            Thread.sleep(1);
        }
        long start = System.nanoTime();
        zoo.close(Duration.ofMillis(200));
        assertThat(System.nanoTime() - start).isBetween(150_000_000L, 3_000_000_000L);
        assertThatThrownBy(() -> answer.get(1, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(CancelledException.class)
                .hasMessage("A prediction of moody was cancelled: the model was closed");
        assertThatThrownBy(() -> model.predict(1.0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @SuppressWarnings("NullAway") // Callers without the checker pass null.
    void failuresNameTheModel() {
        try (Zoo zoo = Zoo.open(options)) {
            Model<Double, Double> model = moody(zoo);
            assertThatThrownBy(() -> model.predict(13.0))
                    .isInstanceOf(ZooException.class)
                    .hasMessageContaining("Model moody failed in its decoder (java.lang.ArrayIndexOutOfBounds");
            assertThatThrownBy(() -> model.predict(14.0))
                    .hasMessageContaining("Model moody")
                    .hasMessageContaining("null");
            assertThatThrownBy(() -> model.predict(List.of(15.0, 15.0)))
                    .hasMessageContaining("Model moody failed in its decoder: expected 2 answers");
            assertThatThrownBy(() -> model.predict((Double) null))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("Model moody takes java.lang.Double, but input 1 of 1 is null");
            assertThatThrownBy(() -> model.predict(Arrays.asList(1.0, null)))
                    .hasMessage("Model moody takes java.lang.Double, but input 2 of 2 is null");
            assertThatThrownBy(() -> model.predict((List<Double>) null))
                    .hasMessage("Model moody was given null in place of a list of inputs");
        }
    }

    @Test
    void aListenerIsToldOfEachPrediction() {
        List<Prediction> told = new CopyOnWriteArrayList<>();
        try (Zoo zoo = Zoo.open(options.withListener(told::add))) {
            Model<Double, Double> model = moody(zoo);
            model.warmUp(List.of(1.0));
            assertThat(told).isEmpty();
            model.predict(Collections.nCopies(100, 1.0));
            assertThatThrownBy(() -> model.predict(13.0)).isInstanceOf(ZooException.class);
        }
        assertThat(told).hasSize(2);
        Prediction good = told.get(0);
        assertThat(good.model()).isEqualTo("moody");
        assertThat(good.inputs()).isEqualTo(100);
        assertThat(good.batches()).containsExactly(64, 36);
        assertThat(good.queue()).isZero();
        assertThat(good.failure()).isEmpty();
        Prediction.Stages stages = good.stages().orElseThrow();
        assertThat(stages.run()).isPositive();
        assertThat(stages.prepare() + stages.run() + stages.decode()).isLessThanOrEqualTo(good.millis());
        assertThat(told.get(1).failure()).get().isInstanceOf(ZooException.class);
    }

    @Test
    void aListenerThatFailsChangesNoAnswer() {
        PredictionListener broken = prediction -> {
            throw new IllegalStateException("no luck today");
        };
        try (Zoo zoo = Zoo.open(options.withListener(broken))) {
            assertThat(moody(zoo).predict(1.0)).isEqualTo(2.0);
            assertThat(zoo.devices()).contains(Device.CPU);
        }
    }
}
