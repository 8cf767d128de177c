package org.menagerie.conformance.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.modality.cv.Image;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.menagerie.audio.Audio;
import org.menagerie.conformance.model.BrokenInputs.Input;
import org.menagerie.hub.TypedModel;
import org.menagerie.spi.ZooException;

/**
 * Every model meets broken input with an answer or with one clear sentence: no other exception, no hang, no memory kept.
 *
 * <p>{@code -Dmenagerie.broken.inputs=2000} tries that many; 400 by default.
 */
class BrokenInputsTest {
    private static final int COUNT = Integer.getInteger("menagerie.broken.inputs", 400);
    private static final int MOST_SECONDS = 60;
    private static final int MOST_CHARACTERS = 400;
    /** Half of what the test's own heap may take. */
    private static final long MOST_GROWTH_MEBIBYTES = 1024;

    private static final Map<Class<?>, List<String>> MODELS = Map.of(
            Image.class,
                    List.of(
                            "lenet-fashion-mnist",
                            "yolo-fashion-scenes",
                            "faster-rcnn-fashion-scenes",
                            "yolox-nano-coco",
                            "selfie-segmentation",
                            "unet-fashion-scenes",
                            "blazeface-front",
                            "blazeface-back",
                            "pp-ocr"),
            Audio.class, List.of("silero-vad"),
            String.class, List.of("all-minilm-l6-v2-int8", "bge-small-en-v1.5-int8"));

    private final Map<String, TypedModel<?, ?>> loaded = new LinkedHashMap<>();

    @Test
    void anAnswerOrOneClearSentence() throws Exception {
        BrokenInputs inputs = new BrokenInputs();
        MODELS.values().stream().flatMap(List::stream).forEach(this::model);
        List<String> wrong = new ArrayList<>();
        int refused = 0;
        long before = Memory.residentMebibytes();
        long most = before;
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            for (int number = 0; number < COUNT; number++) {
                Input input = inputs.input(number);
                List<String> takers = MODELS.getOrDefault(input.type(), List.of());
                TypedModel<?, ?> model = model(takers.get(number / 8 % takers.size()));
                Optional<Throwable> failure = failure(thread.submit(
                        () -> model.predictAny(List.of(input.read().call()))));
                refused += failure.isPresent() ? 1 : 0;
                failure.filter(e -> !isClear(e))
                        .ifPresent(e -> wrong.add("%s to %s: %s".formatted(input.name(), model.model(), e)));
                if (number % 100 == 99) {
                    most = Math.max(most, Memory.residentMebibytes());
                }
            }
        } finally {
            thread.shutdownNow();
            loaded.values().forEach(model -> model.model().close());
        }
        System.out.printf(
                "%,d broken inputs: %,d answered, %,d refused; resident memory %,d MiB before, at most %,d%n",
                COUNT, COUNT - refused, refused, before, most);
        assertThat(wrong).isEmpty();
        assertThat(refused).isBetween(COUNT / 4, COUNT - COUNT / 8);
        assertThat(most - before).isLessThan(MOST_GROWTH_MEBIBYTES);
    }

    private TypedModel<?, ?> model(String name) {
        return loaded.computeIfAbsent(name, n -> ShippedModels.fetched(() -> ShippedModels.ZOO.load(n)));
    }

    private static Optional<Throwable> failure(Future<?> prediction) throws InterruptedException {
        try {
            prediction.get(MOST_SECONDS, TimeUnit.SECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.ofNullable(e.getCause());
        } catch (TimeoutException e) {
            return Optional.of(e);
        }
    }

    private static boolean isClear(Throwable e) {
        String message = String.valueOf(e.getMessage());
        return e instanceof ZooException
                && !message.isBlank()
                && message.lines().count() == 1
                && message.length() <= MOST_CHARACTERS
                && !message.contains("null")
                && !message.contains("Exception");
    }
}
