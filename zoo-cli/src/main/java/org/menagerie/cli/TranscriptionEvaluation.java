package org.menagerie.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.menagerie.hub.TypedModel;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.text.generation.GeneratedText;
import org.menagerie.text.generation.GeneratedTexts;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.Pronunciations;
import org.menagerie.training.metrics.ErrorRate;

/**
 * Error rates of a model that writes texts: the share of words that equal none of their references, and edits a reference's
 * phoneme. The first text of an answer counts; none counts as an empty one.
 *
 * @param words spellings with their references
 */
record TranscriptionEvaluation(Pronunciations words) implements Evaluation {
    /** Words that are predicted together. */
    private static final int BATCH = 1_000;

    /** The evaluation on a data set that has references. */
    static TranscriptionEvaluation of(Dataset dataset) {
        if (!(dataset instanceof Pronunciations words)) {
            throw new InvalidInputException("Data set %s has no pronunciations to compare texts with; try cmudict"
                    .formatted(dataset.info().name()));
        }
        return new TranscriptionEvaluation(words);
    }

    @Override
    public Map<String, Double> of(TypedModel<?, ?> model) {
        ErrorRate errors = new ErrorRate();
        for (int from = 0; from < words.size(); from += BATCH) {
            int to = Math.min(words.size(), from + BATCH);
            List<?> answers = model.predictAny(
                    IntStream.range(from, to).mapToObj(words::spelling).toList());
            for (int i = from; i < to; i++) {
                List<GeneratedText> texts = ((GeneratedTexts) answers.get(i - from)).texts();
                errors.add(texts.isEmpty() ? List.of() : texts.get(0).tokens(), words.all(i));
            }
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("word_error_rate", errors.bySequence());
        metrics.put("phoneme_error_rate", errors.byToken());
        return metrics;
    }
}
