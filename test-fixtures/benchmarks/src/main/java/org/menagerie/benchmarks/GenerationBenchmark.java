package org.menagerie.benchmarks;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.menagerie.hub.TypedModel;
import org.menagerie.hub.Zoo;
import org.menagerie.hub.ZooOptions;
import org.menagerie.text.generation.GeneratedTexts;
import org.menagerie.training.data.DatasetKind;
import org.menagerie.training.data.Datasets;
import org.menagerie.training.data.Pronunciations;

/**
 * Words that {@code zoo eval g2p-lstm-cmudict} reads with a beam of 5, against a plain loop over ONNX Runtime; and what a token
 * costs by the length that is written.
 */
public final class GenerationBenchmark {
    private static final String MODEL = "g2p-lstm-cmudict";
    private static final int BEAM = 5;
    private static final int WORDS = 128;
    private static final int ROUNDS = 20;

    private GenerationBenchmark() {}

    /** Arguments: {@code words}, {@code length} (both if none), {@code --seconds N}, {@code --threads N}. */
    public static void main(String[] arguments) throws OrtException {
        BenchmarkOptions options = BenchmarkOptions.of(arguments);
        OrtStart.environment();
        try (Zoo zoo = Zoo.open(ZooOptions.defaults().withSession(options.session()))) {
            List<String> words = words(zoo);
            if (options.wants("words")) {
                compare(zoo, words, options);
            }
            if (options.wants("length")) {
                for (int length : new int[] {10, 50, 200}) {
                    time(zoo, words.subList(0, 16), length);
                }
            }
        }
    }

    /** Some of the test part, drawn once. */
    private static List<String> words(Zoo zoo) {
        Datasets datasets = new Datasets(
                zoo.components(DatasetKind.class),
                (dataset, file) -> Optional.of(zoo.hub().data(dataset, file)));
        Pronunciations test = (Pronunciations) datasets.open("cmudict").test();
        SplittableRandom random = new SplittableRandom(17);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < WORDS; i++) {
            words.add(test.spelling(random.nextInt(test.size())));
        }
        return words;
    }

    private static List<List<String>> answers(TypedModel<?, ?> model, List<String> words) {
        return model.predictAny(words).stream()
                .map(answer -> ((GeneratedTexts) answer).texts().get(0).tokens())
                .toList();
    }

    private static void compare(Zoo zoo, List<String> words, BenchmarkOptions options) throws OrtException {
        TypedModel<?, ?> ours = zoo.load(MODEL, Map.of("beam", IntNode.valueOf(BEAM)));
        List<String> labels = zoo.card(MODEL).labels();
        try (PlainGeneration plain = new PlainGeneration(
                zoo.artifact(MODEL, "encoder"), zoo.artifact(MODEL, "step"), options.threads(), BEAM)) {
            List<List<String>> found = answers(ours, words);
            for (int i = 0; i < words.size(); i++) {
                List<String> expected =
                        plain.write(words.get(i)).stream().map(labels::get).toList();
                if (!found.get(i).equals(expected)) {
                    throw new IllegalStateException(
                            "'%s' is %s here and %s there".formatted(words.get(i), found.get(i), expected));
                }
            }
            Runnable peer = () -> {
                try {
                    for (String word : words) {
                        plain.write(word);
                    }
                } catch (OrtException e) {
                    throw new IllegalStateException(e);
                }
            };
            Duel.Outcome outcome = new Duel(() -> answers(ours, words), peer).fight(options.seconds());
            System.out.printf(
                    Locale.ROOT,
                    "%d words, beam %d: %.0f words a second, peer %.0f; %s%n",
                    words.size(),
                    BEAM,
                    1e3 * words.size() / outcome.ours().wallMillis(),
                    1e3 * words.size() / outcome.peer().wallMillis(),
                    outcome);
        }
    }

    /** Texts of one length, five of each word, always the best token: what ends them is one that hardly ever comes. */
    private static void time(Zoo zoo, List<String> words, int length) {
        Map<String, JsonNode> settings = Map.of(
                "temperature", IntNode.valueOf(0),
                "nBest", IntNode.valueOf(BEAM),
                "end", TextNode.valueOf("ZH"),
                "maxLength", IntNode.valueOf(length));
        TypedModel<?, ?> model = zoo.load(MODEL, settings);
        double best = Double.POSITIVE_INFINITY;
        int shortest = Integer.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            List<List<String>> answers = answers(model, words);
            best = Math.min(best, (System.nanoTime() - start) / 1e6);
            shortest = answers.stream().mapToInt(List::size).min().orElse(0);
        }
        System.out.printf(
                Locale.ROOT,
                "%d words, %d to %d tokens each: %.3f ms a token of all words%n",
                words.size(),
                shortest,
                length,
                best / length);
    }
}
