package org.menagerie.plugin.yolo;

import ai.djl.modality.cv.output.DetectedObjects;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.menagerie.decoding.Boxes;
import org.menagerie.decoding.Detections;
import org.menagerie.decoding.Nms;
import org.menagerie.spi.CardException;
import org.menagerie.spi.MergingDecoder;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Tensor;
import org.menagerie.vision.MergedObjects;
import org.menagerie.vision.ObjectAnswers;

/**
 * A grid f32[N,S,S,5B+classes] to objects: each box scores its confidence × the cell's probability for each class, both
 * clipped to 0 to 1, and of overlapping boxes of a class the best stays. Objects come best first, their boxes as fractions
 * of the original picture and within it. Boxes with a NaN are no objects. Thread-safe.
 */
final class YoloDecoder implements MergingDecoder<DetectedObjects> {
    private final YoloSettings settings;
    private final ModelCard card;

    YoloDecoder(YoloSettings settings, ModelCard card) {
        this.settings = settings;
        this.card = card;
    }

    @Override
    public List<DetectedObjects> merge(List<Seen> looks) {
        return new MergedObjects(settings.iouOrDefault(), settings.thresholdOrDefault(), settings.mostOrDefault())
                .of(looks, this::objects);
    }

    private List<DetectedObjects> objects(Seen look, float threshold) {
        Prepared prepared = look.prepared();
        Nms suppression = Nms.hard(settings.iouOrDefault(), threshold);
        Tensor grid = look.inference().output(settings.outputOrDefault(), card, prepared.size(), -1, -1, -1);
        int classes = card.labels().size();
        int cells = (int) grid.shape().dim(1);
        int depth = (int) grid.shape().dim(3);
        int each = (depth - classes) / 5;
        if (grid.shape().dim(2) != cells) {
            throw new CardException("Output '%s' of model '%s' is %s; expected as many rows of cells as columns"
                    .formatted(settings.outputOrDefault(), card.name(), grid));
        }
        if (classes == 0 || each < 1 || 5 * each + classes != depth) {
            throw new CardException(
                    "Model '%s' gives %d numbers a cell, 5 a box and one a label; its card lists %d labels"
                            .formatted(card.name(), depth, classes));
        }
        FloatBuffer values = grid.floats();
        List<DetectedObjects> answers = new ArrayList<>(prepared.size());
        for (Origin origin : prepared.origins()) {
            answers.add(objects(values, suppression, (Origin.Image) origin, cells, each, classes));
        }
        return answers;
    }

    private DetectedObjects objects(
            FloatBuffer values, Nms suppression, Origin.Image picture, int cells, int each, int classes) {
        int count = cells * cells * each;
        float[] centres = new float[4 * count];
        float[] scores = new float[classes * count];
        float[] cell = new float[5 * each + classes];
        for (int c = 0; c < cells * cells; c++) {
            values.get(cell);
            int row = c / cells;
            int column = c % cells;
            for (int b = 0; b < each; b++) {
                int box = c * each + b;
                centres[4 * box] = (column + cell[5 * b]) / cells * picture.inputWidth();
                centres[4 * box + 1] = (row + cell[5 * b + 1]) / cells * picture.inputHeight();
                centres[4 * box + 2] = cell[5 * b + 2] * cell[5 * b + 2] * picture.inputWidth();
                centres[4 * box + 3] = cell[5 * b + 3] * cell[5 * b + 3] * picture.inputHeight();
                for (int k = 0; k < classes; k++) {
                    scores[k * count + box] = clipped(cell[5 * b + 4]) * clipped(cell[5 * each + k]);
                }
            }
        }
        float[] corners = Boxes.toOriginal(Boxes.fromCentres(centres), picture);
        Detections found = suppression.perClass(corners, scores, classes).best(settings.mostOrDefault());
        return ObjectAnswers.of(found, corners, picture, card.labels());
    }

    private static float clipped(float value) {
        return Math.max(0, Math.min(1, value));
    }
}
