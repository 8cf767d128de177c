package org.menagerie.benchmarks;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.huggingface.translator.TextEmbeddingTranslatorFactory;
import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.menagerie.decoding.Pooling;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.spi.Model;

/** all-MiniLM-L6-v2 here and in DJL's OnnxRuntime engine with its own translator: one sentence, and 64 of mixed length. */
public final class SentenceBenchmark {
    private static final String MODEL = "all-minilm-l6-v2";
    private static final int SENTENCES = 64;
    private static final List<String> WORDS =
            List.of("the weather is lovely today and he drove to a stadium by the river where trees grow".split(" "));

    private SentenceBenchmark() {}

    /** Arguments: {@code one}, {@code mixed} (both if none), {@code --seconds N}, {@code --threads N}. */
    public static void main(String[] arguments)
            throws IOException, ModelNotFoundException, MalformedModelException, TranslateException {
        BenchmarkOptions options = BenchmarkOptions.of(arguments);
        OrtStart.withRoom(() ->
                Engine.getEngine("OnnxRuntime")); // first: it insists on making the environment, which is one a process
        Path folder = Files.createTempDirectory("minilm");
        try (Zoo zoo = Zoo.open(ZooOptions.defaults().withSession(options.session()));
                Model<String, float[]> ours = zoo.load(MODEL, String.class, float[].class)) {
            Files.createSymbolicLink(folder.resolve("model.onnx"), zoo.artifact(MODEL, "model"));
            Files.createSymbolicLink(folder.resolve("tokenizer.json"), zoo.artifact(MODEL, "tokenizer"));
            try (ZooModel<String, float[]> djl =
                            criteria(folder, options.threads()).loadModel();
                    Predictor<String, float[]> theirs = djl.newPredictor()) {
                compare("one", List.of("The weather is lovely today."), ours, theirs, options);
                compare("mixed", mixed(), ours, theirs, options);
            }
        } finally {
            Files.deleteIfExists(folder.resolve("model.onnx"));
            Files.deleteIfExists(folder.resolve("tokenizer.json"));
            Files.delete(folder);
        }
    }

    /** Pads to the longest of a batch, not to the 128 tokens of the model's own file, which would only slow DJL down. */
    private static Criteria<String, float[]> criteria(Path folder, int threads) {
        return Criteria.builder()
                .setTypes(String.class, float[].class)
                .optModelPath(folder)
                .optModelName("model")
                .optEngine("OnnxRuntime")
                .optOption("intraOpNumThreads", Integer.toString(threads))
                .optTranslatorFactory(new TextEmbeddingTranslatorFactory())
                .optArgument("pooling", "mean")
                .optArgument("normalize", "true")
                .optArgument("includeTokenTypes", "true")
                .optArgument("padding", "true")
                .optArgument("truncation", "true")
                .optArgument("maxLength", "512")
                .optArgument("modelMaxLength", "512")
                .build();
    }

    /** Three to sixty words, most of them few. */
    private static List<String> mixed() {
        Random random = new Random(7);
        List<String> sentences = new ArrayList<>();
        for (int i = 0; i < SENTENCES; i++) {
            int length = 3 + (int) (57 * Math.pow(random.nextDouble(), 2));
            StringBuilder sentence = new StringBuilder();
            for (int word = 0; word < length; word++) {
                sentence.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
            }
            sentences.add(sentence.append('.').toString());
        }
        return sentences;
    }

    private static void compare(
            String name,
            List<String> sentences,
            Model<String, float[]> ours,
            Predictor<String, float[]> theirs,
            BenchmarkOptions options)
            throws TranslateException {
        if (!options.wants(name)) {
            return;
        }
        List<float[]> found = ours.predict(sentences);
        List<float[]> expected = theirs.batchPredict(sentences);
        for (int i = 0; i < sentences.size(); i++) {
            double cosine = Pooling.cosine(found.get(i), expected.get(i));
            if (!(cosine > 1 - 1e-6)) {
                throw new IllegalStateException("Vector %d differs from DJL's: cosine %.8f".formatted(i, cosine));
            }
        }
        Runnable peer = () -> {
            try {
                theirs.batchPredict(sentences);
            } catch (TranslateException e) {
                throw new IllegalStateException(e);
            }
        };
        Duel.Outcome outcome = new Duel(() -> ours.predict(sentences), peer).fight(options.seconds());
        System.out.printf(Locale.ROOT, "%s, %d sentences: %s%n", name, sentences.size(), outcome);
    }
}
