package org.menagerie.benchmarks;

import ai.onnxruntime.OrtException;
import com.google.inject.Module;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.menagerie.audio.AudioReader;
import org.menagerie.fixtures.Fixtures;
import org.menagerie.hub.TypedModel;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.plugin.blazeface.BlazeFacePlugin;
import org.menagerie.plugin.paddleocr.PaddleOcrPlugin;
import org.menagerie.plugin.rcnn.RcnnPlugin;
import org.menagerie.plugin.sentenceembedding.SentenceEmbeddingPlugin;
import org.menagerie.plugin.silerovad.SileroVadPlugin;
import org.menagerie.vision.ImageReader;

/** What {@code predict} of each family adds to its networks' runs; the input is decoded before. */
public final class FamiliesBenchmark {
    /** Until the optimizing compiler has seen every loop; a host that serves a model is there in seconds. */
    private static final long WARM_UP_NANOS = 10_000_000_000L;

    private FamiliesBenchmark() {}

    /** Arguments: models (all if none), {@code --seconds N}, {@code --threads N}. */
    public static void main(String[] arguments) throws OrtException, IOException {
        BenchmarkOptions options = BenchmarkOptions.of(arguments);
        Object face = picture("images/astronaut.png");
        Object speech = new AudioReader()
                .read(new ByteArrayInputStream(Fixtures.bytes("audio/librivox-0880.wav")), "speech.wav");
        try (Zoo zoo = Zoo.open(ZooOptions.defaults().withSession(options.session()))) {
            compare(zoo, options, "blazeface-front", new BlazeFacePlugin(), face);
            compare(zoo, options, "blazeface-back", new BlazeFacePlugin(), face);
            compare(zoo, options, "faster-rcnn-fashion-scenes", new RcnnPlugin(), scene());
            compare(zoo, options, "pp-ocr", new PaddleOcrPlugin(), picture("images/bw_text.png"));
            compare(zoo, options, "silero-vad", new SileroVadPlugin(), speech);
            compare(zoo, options, "all-minilm-l6-v2", new SentenceEmbeddingPlugin(), "The weather is lovely today.");
        }
    }

    /** The scene that the detectors' cards are sampled with. */
    private static Object scene() throws IOException {
        String file = "/META-INF/menagerie/samples/fashion-scene.png";
        try (InputStream in = FamiliesBenchmark.class.getResourceAsStream(file)) {
            return new ImageReader().read(Objects.requireNonNull(in, file).readAllBytes(), file);
        }
    }

    private static Object picture(String name) {
        return new ImageReader().read(Fixtures.bytes(name), name);
    }

    private static void compare(Zoo zoo, BenchmarkOptions options, String name, Module plugin, Object input)
            throws OrtException {
        if (!options.wants(name)) {
            return;
        }
        RecordedRuns recorded = RecordedRuns.of(zoo, name, plugin, input, options.session());
        TypedModel<?, ?> model = zoo.load(name);
        for (long end = System.nanoTime() + WARM_UP_NANOS; System.nanoTime() < end; ) {
            predict(model, input);
        }
        try (BareRuns bare = new BareRuns(recorded.runs(), recorded.files(), options.threads())) {
            Duel.Outcome outcome = new Duel(() -> predict(model, input), bare::run).fight(options.seconds());
            System.out.printf(Locale.ROOT, "%s, %d runs: %s%n", name, bare.size(), outcome);
        }
        model.model().close();
    }

    private static void predict(TypedModel<?, ?> model, Object input) {
        if (model.predictAny(List.of(input)).size() != 1) {
            throw new IllegalStateException("One answer expected");
        }
    }
}
