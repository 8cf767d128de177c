package org.menagerie.vision;

import ai.djl.modality.cv.output.BoundingBox;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.Rectangle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.menagerie.decoding.Boxes;
import org.menagerie.spi.CardException;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Inference;
import org.menagerie.spi.MergingDecoder;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Tensor;

/**
 * Objects that a network has found itself, best first: {@code objects f32[N,D,4]} in pixels of its input, {@code object_score
 * f32[N,D]} and {@code object_label i64[N,D]}, −1 for none. Boxes become fractions of the original picture and end with it.
 * Boxes or scores with a NaN are no objects. Thread-safe.
 */
final class ObjectsDecoder implements MergingDecoder<DetectedObjects> {
    /** Boxes of several looks that overlap by more are one object (Solovyev 2019). */
    private static final float SAME = 0.55f;

    private final ObjectsSettings settings;
    private final ModelCard card;

    ObjectsDecoder(ObjectsSettings settings, ModelCard card) {
        this.settings = settings;
        this.card = card;
    }

    @Override
    public List<DetectedObjects> merge(List<Seen> looks) {
        return new MergedObjects(SAME, settings.thresholdOrDefault(), settings.mostOrDefault())
                .of(looks, this::objects);
    }

    private List<DetectedObjects> objects(Seen look, float threshold) {
        Prepared prepared = look.prepared();
        Inference inference = look.inference();
        Tensor boxes = inference.output(settings.boxesOrDefault(), card, prepared.size(), -1, 4);
        int each = (int) boxes.shape().dim(1);
        float[] corners = boxes.toFloatArray();
        float[] scores = inference
                .output(settings.scoresOrDefault(), card, prepared.size(), each)
                .toFloatArray();
        Tensor label = inference.output(settings.labelsOrDefault(), card, ElementType.INT64, prepared.size(), each);
        long[] labels = new long[scores.length];
        label.longs().get(0, labels);
        List<DetectedObjects> answers = new ArrayList<>(prepared.size());
        for (int i = 0; i < prepared.size(); i++) {
            Origin.Image picture = (Origin.Image) prepared.origins().get(i);
            float[] own = Boxes.toOriginal(Arrays.copyOfRange(corners, 4 * each * i, 4 * each * (i + 1)), picture);
            answers.add(objects(own, new Found(scores, labels, each * i), picture, threshold));
        }
        return answers;
    }

    /** The scores and classes of a batch, of which a picture's begin at an index. */
    private record Found(float[] scores, long[] labels, int from) {}

    private DetectedObjects objects(float[] corners, Found found, Origin.Image picture, float threshold) {
        List<String> names = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        List<BoundingBox> boxes = new ArrayList<>();
        for (int i = 0; i < corners.length / 4 && names.size() < settings.mostOrDefault(); i++) {
            double x = fraction(corners[4 * i], picture.width());
            double y = fraction(corners[4 * i + 1], picture.height());
            double width = fraction(corners[4 * i + 2], picture.width()) - x;
            double height = fraction(corners[4 * i + 3], picture.height()) - y;
            float score = found.scores()[found.from() + i];
            long label = found.labels()[found.from() + i];
            if (score > threshold && label >= 0 && width * height >= 0) {
                names.add(name(label));
                shares.add((double) score);
                boxes.add(new Rectangle(x, y, width, height));
            }
        }
        return new DetectedObjects(names, shares, boxes);
    }

    private String name(long label) {
        if (label >= card.labels().size()) {
            throw new CardException("Model '%s' found an object of class %d; its card lists %d labels, numbered from 0"
                    .formatted(card.name(), label, card.labels().size()));
        }
        return card.labels().get((int) label);
    }

    private static double fraction(float place, int extent) {
        return Math.max(0, Math.min(1, (double) place / extent));
    }
}
