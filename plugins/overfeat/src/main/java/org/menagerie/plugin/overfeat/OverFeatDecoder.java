package org.menagerie.plugin.overfeat;

import ai.djl.modality.cv.output.BoundingBox;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.Rectangle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.menagerie.spi.CardException;
import org.menagerie.spi.Decoder;
import org.menagerie.spi.Inference;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Tensor;

/**
 * Windows' classes f32[N,W,classes+1] and boxes f32[N,W,4] to objects: the boxes of windows that are sure enough of a class,
 * merged. An object's class is the one with the highest sum S over its windows; its probability is S/(1+S), which grows with
 * each window. At most the 300 surest windows take part; those with a NaN do not. Thread-safe.
 */
final class OverFeatDecoder implements Decoder<DetectedObjects> {
    private static final int WINDOWS = 300;

    private final OverFeatSettings settings;
    private final ModelCard card;

    OverFeatDecoder(OverFeatSettings settings, ModelCard card) {
        this.settings = settings;
        this.card = card;
    }

    @Override
    public List<DetectedObjects> decode(Prepared prepared, Inference inference) {
        int classes = card.labels().size();
        Tensor scores = inference.output(settings.scoresOrDefault(), card, prepared.size(), -1, -1);
        int windows = (int) scores.shape().dim(1);
        Tensor boxes = inference.output(settings.cornersOrDefault(), card, prepared.size(), windows, 4);
        if (classes == 0 || scores.shape().dim(2) != classes + 1) {
            throw new CardException(
                    "Model '%s' gives %d scores a window, one a label and one of background; its card lists %d labels"
                            .formatted(card.name(), scores.shape().dim(2), classes));
        }
        List<DetectedObjects> answers = new ArrayList<>(prepared.size());
        float[] score = new float[classes + 1];
        float[] box = new float[4];
        for (Origin origin : prepared.origins()) {
            List<GreedyMerge.Box> found = new ArrayList<>();
            int next = answers.size() * windows;
            for (int w = next; w < next + windows; w++) {
                scores.floats().get(w * score.length, score);
                boxes.floats().get(4 * w, box);
                window(box, score, (Origin.Image) origin).ifPresent(found::add);
            }
            answers.add(objects(found));
        }
        return answers;
    }

    /** A window's box in the original picture, if it shows an object. */
    private Optional<GreedyMerge.Box> window(float[] box, float[] score, Origin.Image picture) {
        double[] scores = new double[score.length - 1];
        Arrays.setAll(scores, i -> score[i]);
        double[] corners = {
            picture.originalX(box[0]) / picture.width(), picture.originalY(box[1]) / picture.height(),
            picture.originalX(box[2]) / picture.width(), picture.originalY(box[3]) / picture.height()
        };
        boolean numbers = Double.isFinite(
                Arrays.stream(scores).sum() + Arrays.stream(corners).sum());
        Arrays.setAll(corners, i -> Math.max(0, Math.min(1, corners[i])));
        boolean object = numbers
                && Arrays.stream(scores).max().orElse(0) > settings.thresholdOrDefault()
                && corners[0] < corners[2]
                && corners[1] < corners[3];
        return object
                ? Optional.of(new GreedyMerge.Box(corners[0], corners[1], corners[2], corners[3], scores, 1))
                : Optional.empty();
    }

    private DetectedObjects objects(List<GreedyMerge.Box> windows) {
        Comparator<GreedyMerge.Box> surest = Comparator.comparingDouble(
                        (GreedyMerge.Box box) -> box.scores()[box.best()])
                .reversed();
        List<GreedyMerge.Box> used =
                windows.stream().sorted(surest).limit(WINDOWS).toList();
        List<String> names = new ArrayList<>();
        List<Double> probabilities = new ArrayList<>();
        List<BoundingBox> boxes = new ArrayList<>();
        new GreedyMerge(settings.mergeOrDefault())
                .merged(used).stream()
                        .sorted(surest)
                        .limit(settings.mostOrDefault())
                        .forEach(box -> {
                            double sum = box.scores()[box.best()];
                            names.add(card.labels().get(box.best()));
                            probabilities.add(sum / (1 + sum));
                            boxes.add(new Rectangle(box.left(), box.top(), box.width(), box.height()));
                        });
        return new DetectedObjects(names, probabilities, boxes);
    }
}
