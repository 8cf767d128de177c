package org.menagerie.studio.metric;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Model;
import org.menagerie.text.generation.GeneratedText;
import org.menagerie.text.generation.GeneratedTexts;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.Pronunciations;
import org.menagerie.training.metrics.ErrorRate;

/**
 * Error rates of a model that writes texts: the share of words that equal none of their references, and edits per phoneme of the
 * reference. The first text of an answer counts; an answer without a text counts as an empty one.
 *
 * @param words spellings with their references
 */
record TranscriptionMetric(Pronunciations words) implements Evaluation<String, GeneratedTexts> {
    /** Words that are predicted together. */
    private static final int BATCH = 1_000;

    static MetricKind<String, GeneratedTexts> kind() {
        return new MetricKind<>(
                "writers of texts",
                String.class,
                GeneratedTexts.class,
                List.of(),
                List.of("word_error_rate", "phoneme_error_rate"),
                false,
                true,
                Map.of(),
                (data, card) -> on(data));
    }

    private static TranscriptionMetric on(Dataset data) {
        if (!(data instanceof Pronunciations words)) {
            throw new InvalidInputException("Data set %s has no pronunciations to compare texts with; try cmudict"
                    .formatted(data.info().name()));
        }
        return new TranscriptionMetric(words);
    }

    @Override
    public Map<String, Double> of(Model<String, GeneratedTexts> model) {
        ErrorRate errors = new ErrorRate();
        for (int from = 0; from < words.size(); from += BATCH) {
            int to = Math.min(words.size(), from + BATCH);
            List<GeneratedTexts> answers = model.predict(
                    IntStream.range(from, to).mapToObj(words::spelling).toList());
            for (int i = from; i < to; i++) {
                List<GeneratedText> texts = answers.get(i - from).texts();
                errors.add(texts.isEmpty() ? List.of() : texts.get(0).tokens(), words.all(i));
            }
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("word_error_rate", errors.bySequence());
        figures.put("phoneme_error_rate", errors.byToken());
        return figures;
    }
}
