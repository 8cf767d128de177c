package org.menagerie.conformance.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.output.DetectedObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.spi.Model;
import org.menagerie.vision.ImageReader;

/**
 * Sixty-four threads share one model: they get the answers that one thread gets, and memory stays what it is.
 *
 * <p>{@code -Dmenagerie.soak.seconds=90} goes on for so long; 4 by default. So that the heap's own growth does not count,
 * a long run wants a fixed one:
 *
 * <pre>mvn -Pcpu -pl test-fixtures/conformance -am verify -Dtest=SharedModelTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dsurefire.argLine="-Xms384m -Xmx384m -XX:+AlwaysPreTouch -Dmenagerie.soak.seconds=90"</pre>
 */
class SharedModelTest {
    private static final int SECONDS = Integer.getInteger("menagerie.soak.seconds", 4);
    private static final int THREADS = 64;
    /** In a shorter run memory still grows to what so many threads at once need. */
    private static final int LONG_SECONDS = 60;
    /** Noise of the heap and of the native allocator's arenas; a leak of 1 KiB a prediction would show in a long run. */
    private static final long MOST_GROWTH_MEBIBYTES = 48;

    @Test
    void facesStayTheSame() throws Exception {
        List<Image> pictures = List.of(picture("astronaut"), picture("chelsea"), picture("coffee"));
        try (Model<Image, DetectedObjects> model = ShippedModels.fetched(
                () -> ShippedModels.ZOO.load("blazeface-front", Image.class, DetectedObjects.class))) {
            share(model, pictures, DetectedObjects::toJson);
        }
    }

    @Test
    void vectorsStayTheSame() throws Exception {
        List<String> texts = List.of("The weather is lovely today.", "It's so sunny outside!", "He drove.", "");
        try (Model<String, float[]> model =
                ShippedModels.fetched(() -> ShippedModels.ZOO.load("all-minilm-l6-v2", String.class, float[].class))) {
            share(model, texts, java.util.Arrays::toString);
        }
    }

    private static Image picture(String name) {
        String file = "images/" + name + ".png";
        return new ImageReader().read(Fixtures.bytes(file), file);
    }

    private static <I, O> void share(Model<I, O> model, List<I> inputs, java.util.function.Function<O, String> text)
            throws Exception {
        List<String> expected =
                inputs.stream().map(input -> text.apply(model.predict(input))).toList();
        AtomicLong predictions = new AtomicLong();
        long start = System.nanoTime();
        long end = start + TimeUnit.SECONDS.toNanos(SECONDS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Integer>> different = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread;
                different.add(threads.submit(() -> {
                    int wrong = 0;
                    for (int i = first; System.nanoTime() < end; i++) {
                        int which = i % inputs.size();
                        String answer = text.apply(model.predict(inputs.get(which)));
                        wrong += answer.equals(expected.get(which)) ? 0 : 1;
                        predictions.incrementAndGet();
                    }
                    return wrong;
                }));
            }
            Thread.sleep(Math.max(0, SECONDS * 1000L / 2));
            long early = Memory.residentMebibytes();
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            Thread.sleep(Math.max(0, left - 300));
            long late = Memory.residentMebibytes();
            int wrong = 0;
            for (Future<Integer> count : different) {
                wrong += count.get(SECONDS + 60, TimeUnit.SECONDS);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%s, %d threads, %d s: %,d predictions, %d unlike one thread's; resident %,d MiB at %d s, %,d at the end%n",
                    model.card().name(),
                    THREADS,
                    SECONDS,
                    predictions.get(),
                    wrong,
                    early,
                    SECONDS / 2,
                    late);
            assertThat(wrong).isZero();
            assertThat(predictions).hasValueGreaterThan(THREADS);
            if (SECONDS >= LONG_SECONDS) {
                assertThat(late - early).isLessThan(MOST_GROWTH_MEBIBYTES);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
