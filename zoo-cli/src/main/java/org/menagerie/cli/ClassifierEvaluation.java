package org.menagerie.cli;

import ai.djl.modality.Classifications;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.menagerie.hub.TypedModel;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.Dataset;

/**
 * Accuracy of a classifier of pictures, through its own preprocessor and decoder.
 *
 * @param dataset with columns for pictures, f32[B,C,H,W] from 0 to 255, and for classes, i64[B]
 * @param labels the model's, by class index; empty if the data's hold
 */
record ClassifierEvaluation(Dataset dataset, List<String> labels) implements Evaluation {
    private static final int BATCH = 250;
    private static final int TOP = 5;

    @Override
    public Map<String, Double> of(TypedModel<?, ?> model) {
        List<String> names = labels.isEmpty() ? dataset.info().labels() : labels;
        int[] ranks = new int[TOP];
        BatchPictures.predict(model, dataset, BATCH, (batch, i, answer) -> {
            long truth = Column.in(batch, "label").longs().get(i);
            List<String> best = ((Classifications) answer)
                    .<Classifications.Classification>topK(TOP).stream()
                            .map(Classifications.Classification::getClassName)
                            .toList();
            int rank = best.indexOf(name(names, truth));
            if (rank >= 0) {
                ranks[rank]++;
            }
        });
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("accuracy", (double) ranks[0] / dataset.size());
        metrics.put("top_5_accuracy", (double) IntStream.of(ranks).sum() / dataset.size());
        return metrics;
    }

    private static String name(List<String> names, long label) {
        if (label >= names.size()) {
            throw new InvalidInputException(
                    "The data has class %d; the model has the %d classes %s".formatted(label, names.size(), names));
        }
        return names.get((int) label);
    }
}
