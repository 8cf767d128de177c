package org.menagerie.plugin.yolox;

import ai.djl.modality.cv.output.DetectedObjects;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.menagerie.decoding.Boxes;
import org.menagerie.decoding.Detections;
import org.menagerie.decoding.Nms;
import org.menagerie.spi.CardException;
import org.menagerie.spi.MergingDecoder;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Shape;
import org.menagerie.spi.Tensor;
import org.menagerie.vision.MergedObjects;
import org.menagerie.vision.ObjectAnswers;

/**
 * Boxes without anchors to objects (Ge et al. 2021, YOLOX; {@code postprocess} of its {@code demo_utils.py}): a box scores
 * objectness × probability for each class, and of overlapping boxes of a class the best stays. Objects come best first, their
 * boxes as fractions of the original picture and within it. Boxes with a NaN are no objects. Thread-safe.
 */
final class AnchorFreeDecoder implements MergingDecoder<DetectedObjects> {
    private static final int BOX = 4;

    private final AnchorFreeSettings settings;
    private final ModelCard card;

    AnchorFreeDecoder(AnchorFreeSettings settings, ModelCard card) {
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
        Tensor output = look.inference().output(settings.output(), card, prepared.size(), -1, -1);
        boolean transposed = settings.transposedOrDefault();
        int boxes = (int) output.shape().dim(transposed ? 2 : 1);
        int depth = (int) output.shape().dim(transposed ? 1 : 2);
        requireDepth(depth, output.shape());
        FloatBuffer values = output.floats();
        List<DetectedObjects> answers = new ArrayList<>(prepared.size());
        for (int i = 0; i < prepared.size(); i++) {
            float[] rows = new float[boxes * depth];
            values.get(i * rows.length, rows);
            Origin.Image picture = (Origin.Image) prepared.origins().get(i);
            answers.add(objects(new Rows(rows, boxes, depth, transposed), picture, threshold));
        }
        return answers;
    }

    private void requireDepth(int depth, Shape shape) {
        int classes = card.labels().size();
        if (classes == 0 || depth != firstClass() + classes) {
            throw new CardException("Output '%s' of model '%s' is %s, %d numbers a box; its card's %d labels need %d%s"
                    .formatted(
                            settings.output(),
                            card.name(),
                            shape,
                            depth,
                            classes,
                            firstClass() + classes,
                            settings.objectnessOrDefault() ? " with objectness" : " without objectness"));
        }
    }

    private int firstClass() {
        return settings.objectnessOrDefault() ? BOX + 1 : BOX;
    }

    /** The numbers of a picture's boxes, row by row or column by column. */
    private record Rows(float[] values, int boxes, int depth, boolean transposed) {
        float at(int box, int column) {
            return values[transposed ? column * boxes + box : box * depth + column];
        }
    }

    private DetectedObjects objects(Rows rows, Origin.Image picture, float threshold) {
        Cells cells = settings.boxesOrDefault() == BoxCoding.GRID ? cells(rows.boxes(), picture) : Cells.NONE;
        int[] sure = sure(rows, threshold);
        int classes = card.labels().size();
        float[] centres = new float[BOX * sure.length];
        float[] scores = new float[classes * sure.length];
        for (int i = 0; i < sure.length; i++) {
            int box = sure[i];
            for (int k = 0; k < BOX; k++) {
                centres[BOX * i + k] = rows.at(box, k);
            }
            cells.toPixels(box, centres, BOX * i);
            for (int k = 0; k < classes; k++) {
                scores[k * sure.length + i] = score(rows, box, k);
            }
        }
        float[] corners = Boxes.toOriginal(Boxes.fromCentres(centres), picture);
        Detections found = Nms.hard(settings.iouOrDefault(), threshold)
                .perClass(corners, scores, classes)
                .best(settings.mostOrDefault());
        return ObjectAnswers.of(found, corners, picture, card.labels());
    }

    /** The boxes that score above the threshold in any class, which are few. */
    private int[] sure(Rows rows, float threshold) {
        int[] sure = new int[rows.boxes()];
        int count = 0;
        for (int box = 0; box < rows.boxes(); box++) {
            for (int k = 0; k < rows.depth() - firstClass(); k++) {
                if (score(rows, box, k) > threshold) {
                    sure[count++] = box;
                    break;
                }
            }
        }
        return Arrays.copyOf(sure, count);
    }

    private float score(Rows rows, int box, int label) {
        float probability = rows.at(box, firstClass() + label);
        return settings.objectnessOrDefault() ? rows.at(box, BOX) * probability : probability;
    }

    private Cells cells(int boxes, Origin.Image picture) {
        Cells cells = Cells.of(settings.stridesOrDefault(), picture.inputWidth(), picture.inputHeight());
        if (cells.count() != boxes) {
            throw new CardException(
                    "Model '%s' gives %,d boxes; grids of strides %s over %dx%d pixels have %,d cells: set strides, or boxes: pixels"
                            .formatted(
                                    card.name(),
                                    boxes,
                                    settings.stridesOrDefault(),
                                    picture.inputWidth(),
                                    picture.inputHeight(),
                                    cells.count()));
        }
        return cells;
    }
}
