package org.menagerie.cli;

import ai.djl.modality.cv.output.CategoryMask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.menagerie.hub.TypedModel;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.spi.Tensor;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.metrics.ConfusionMatrix;

/**
 * The mean over classes of intersection over union ({@code mIoU}), the background one of them, and the share of right pixels
 * of a model that tells a class for each pixel, through its own preprocessor and decoder; both over all pictures together.
 *
 * @param dataset with columns {@code image} and {@code mask}, 0 for the background and 1 + class elsewhere
 */
record SegmentationEvaluation(Dataset dataset) implements Evaluation {
    private static final int BATCH = 50;
    private static final String BACKGROUND = "background";

    @Override
    public Map<String, Double> of(TypedModel<?, ?> model) {
        List<String> names = new ArrayList<>(List.of(BACKGROUND));
        names.addAll(dataset.info().labels());
        ConfusionMatrix confusion = new ConfusionMatrix(names.size());
        BatchPictures.predict(model, dataset, BATCH, (batch, i, answer) -> {
            Tensor masks = Column.in(batch, "mask");
            long[] actual = new long[masks.size() / (int) masks.shape().dim(0)];
            masks.longs().get(i * actual.length, actual);
            confusion.addMask(
                    Arrays.stream(actual).mapToInt(Math::toIntExact).toArray(),
                    predicted((CategoryMask) answer, names),
                    -1);
        });
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("mIoU", confusion.meanIou());
        metrics.put("pixel_accuracy", confusion.accuracy());
        return metrics;
    }

    /** The pixels' classes, numbered as the data's names are. */
    private static int[] predicted(CategoryMask mask, List<String> names) {
        int[] numbers =
                mask.getClasses().stream().mapToInt(name -> number(name, names)).toArray();
        return Arrays.stream(mask.getMask())
                .flatMapToInt(Arrays::stream)
                .map(c -> numbers[c])
                .toArray();
    }

    private static int number(String name, List<String> names) {
        int number = names.indexOf(name);
        if (number < 0) {
            throw new InvalidInputException("The model has class '%s'; the data has %s".formatted(name, names));
        }
        return number;
    }
}
