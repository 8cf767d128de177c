package org.menagerie.plugin.blazeface;

import ai.djl.modality.cv.output.BoundingBox;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.Landmark;
import ai.djl.modality.cv.output.Point;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.menagerie.decoding.Scores;
import org.menagerie.decoding.WeightedNms;
import org.menagerie.spi.Decoder;
import org.menagerie.spi.Inference;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Tensor;

/**
 * BlazeFace's outputs to faces (Bazarevsky 2019; constants of MediaPipe's {@code face_detection_short_range}).
 *
 * <p>Each of 896 anchors, the cells of a 16x16 grid twice and of an 8x8 grid six times, gives a logit, a box's centre
 * relative to the anchor's, its size, and six key points relative to the anchor's centre, in input pixels. Overlapping
 * faces are merged by {@link WeightedNms}. An answer holds faces best first, as {@link Landmark}s: the box in
 * fractions of the picture, the points (right eye, left eye, nose tip, mouth, right ear, left ear) in its pixels,
 * as DJL draws them. Anchors with a NaN are no faces. Thread-safe.
 */
final class BlazeFaceDecoder implements Decoder<DetectedObjects> {
    private static final int COLUMNS = 16;
    private static final float MOST_LOGIT = 100;
    private static final int[] GRIDS = {16, 8};
    private static final int[] ANCHORS_A_CELL = {2, 6};

    private final BlazeFaceSettings settings;
    private final ModelCard card;
    private final WeightedNms suppression;
    private final float leastLogit;

    BlazeFaceDecoder(BlazeFaceSettings settings, ModelCard card) {
        this.settings = settings;
        this.card = card;
        // Candidates are filtered here by "at least"; suppression's threshold is "above".
        this.suppression = new WeightedNms(settings.iouOrDefault(), 0);
        this.leastLogit = leastLogit(settings.thresholdOrDefault());
    }

    /** A little under the logit of a score: spares most anchors their sigmoid, and decides nothing. */
    private static float leastLogit(double score) {
        return (float) (Math.log(score / (1 - Math.min(score, 0.999))) - 0.01);
    }

    @Override
    public List<DetectedObjects> decode(Prepared prepared, Inference inference) {
        List<DetectedObjects> answers = new ArrayList<>(prepared.size());
        for (int i = 0; i < prepared.size(); i++) {
            answers.add(decode(i, prepared, inference));
        }
        return answers;
    }

    private DetectedObjects decode(int input, Prepared prepared, Inference inference) {
        Origin.Image picture = (Origin.Image) prepared.origins().get(input);
        float[] rows = new float[64 * COLUMNS];
        float[] scores = new float[64];
        int count = 0;
        for (int level = 0; level < GRIDS.length; level++) {
            int grid = GRIDS[level];
            int each = ANCHORS_A_CELL[level];
            int anchors = grid * grid * each;
            float[] logits = part(
                    inference.output(settings.scores().get(level), card, prepared.size(), anchors, 1), input, anchors);
            FloatBuffer boxes = inference
                    .output(settings.boxes().get(level), card, prepared.size(), anchors, COLUMNS)
                    .floats();
            float[] values = new float[COLUMNS];
            for (int anchor = 0; anchor < anchors; anchor++) {
                if (!(logits[anchor] >= leastLogit)) {
                    continue;
                }
                float score = Scores.sigmoid(Math.min(Math.max(logits[anchor], -MOST_LOGIT), MOST_LOGIT));
                if (!(score >= settings.thresholdOrDefault()) || score == 0) {
                    continue;
                }
                if (count == scores.length) {
                    scores = Arrays.copyOf(scores, 2 * count);
                    rows = Arrays.copyOf(rows, 2 * count * COLUMNS);
                }
                int row = anchor / each / grid;
                int column = anchor / each % grid;
                float x = (column + 0.5f) / grid * picture.inputWidth();
                float y = (row + 0.5f) / grid * picture.inputHeight();
                scores[count] = score;
                boxes.get((input * anchors + anchor) * COLUMNS, values);
                place(values, x, y, rows, count++ * COLUMNS);
            }
        }
        return faces(
                suppression.merge(Arrays.copyOf(rows, count * COLUMNS), COLUMNS, Arrays.copyOf(scores, count)),
                picture);
    }

    private static float[] part(Tensor output, int input, int length) {
        float[] part = new float[length];
        output.floats().get(input * length, part);
        return part;
    }

    /** From centre, size and points relative to an anchor to corners and points in input pixels. */
    private static void place(float[] values, float x, float y, float[] rows, int to) {
        float halfWidth = values[2] / 2;
        float halfHeight = values[3] / 2;
        rows[to] = x + values[0] - halfWidth;
        rows[to + 1] = y + values[1] - halfHeight;
        rows[to + 2] = x + values[0] + halfWidth;
        rows[to + 3] = y + values[1] + halfHeight;
        for (int k = 4; k < COLUMNS; k += 2) {
            rows[to + k] = x + values[k];
            rows[to + k + 1] = y + values[k + 1];
        }
    }

    private static DetectedObjects faces(WeightedNms.Merged merged, Origin.Image picture) {
        List<Double> scores = new ArrayList<>(merged.size());
        List<BoundingBox> boxes = new ArrayList<>(merged.size());
        for (int i = 0; i < merged.size(); i++) {
            float[] row = Arrays.copyOfRange(merged.rows(), i * COLUMNS, (i + 1) * COLUMNS);
            double left = picture.originalX(row[0]) / picture.width();
            double top = picture.originalY(row[1]) / picture.height();
            double right = picture.originalX(row[2]) / picture.width();
            double bottom = picture.originalY(row[3]) / picture.height();
            List<Point> points = new ArrayList<>(6);
            for (int k = 4; k < COLUMNS; k += 2) {
                points.add(new Point(picture.originalX(row[k]), picture.originalY(row[k + 1])));
            }
            scores.add((double) merged.scores()[i]);
            boxes.add(new Landmark(left, top, right - left, bottom - top, points));
        }
        return new DetectedObjects(Collections.nCopies(scores.size(), "face"), scores, boxes);
    }
}
