package org.menagerie.plugin.mlsd;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.menagerie.plugin.mlsd.LineSegments.Segment;
import org.menagerie.spi.Decoder;
import org.menagerie.spi.Inference;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Tensor;

/**
 * M-LSD's outputs to line segments (Gu et al. 2022; constants of {@code pred_lines} in the authors' {@code utils.py}).
 *
 * <p>A cell of the grid, which has half the input's sides, is the centre of a segment with a score; two offsets lead from it to
 * the ends. The network has already removed centres beside a better one. Scores and offsets that are NaN are no segments.
 * Thread-safe.
 */
final class MlsdDecoder implements Decoder<LineSegments> {
    private static final int ENDS = 4;

    private final MlsdSettings settings;
    private final ModelCard card;

    MlsdDecoder(MlsdSettings settings, ModelCard card) {
        this.settings = settings;
        this.card = card;
    }

    /** A centre above the threshold. */
    private record Centre(int row, int column, float score) {}

    @Override
    public List<LineSegments> decode(Prepared prepared, Inference inference) {
        int batch = prepared.size();
        Tensor scores = inference.output(settings.scores(), card, batch, -1, -1, 1);
        int rows = (int) scores.shape().dim(1);
        int columns = (int) scores.shape().dim(2);
        FloatBuffer offsets = inference
                .output(settings.offsets(), card, batch, rows, columns, ENDS)
                .floats();
        List<LineSegments> answers = new ArrayList<>(batch);
        for (int i = 0; i < batch; i++) {
            Origin.Image picture = (Origin.Image) prepared.origins().get(i);
            int first = i * rows * columns;
            List<Segment> segments = new ArrayList<>();
            for (Centre centre : centres(scores.floats(), first, rows, columns)) {
                float[] ends = new float[ENDS];
                offsets.get((first + centre.row() * columns + centre.column()) * ENDS, ends);
                if (Math.hypot(ends[0] - ends[2], ends[1] - ends[3]) > settings.minLengthOrDefault()) {
                    segments.add(segment(centre, ends, rows, columns, picture));
                }
            }
            answers.add(new LineSegments(segments));
        }
        return answers;
    }

    /** The best centres; of equal ones the first in reading order. */
    private List<Centre> centres(FloatBuffer scores, int first, int rows, int columns) {
        List<Centre> centres = new ArrayList<>();
        for (int cell = 0; cell < rows * columns; cell++) {
            float score = scores.get(first + cell);
            if (score > settings.thresholdOrDefault()) {
                centres.add(new Centre(cell / columns, cell % columns, score));
            }
        }
        centres.sort(Comparator.comparingDouble(Centre::score).reversed());
        return centres.subList(0, Math.min(settings.mostOrDefault(), centres.size()));
    }

    /** Converts a position in cells of the grid to pixels of the picture. */
    private static Segment segment(Centre centre, float[] ends, int rows, int columns, Origin.Image picture) {
        double x = (double) picture.inputWidth() / columns;
        double y = (double) picture.inputHeight() / rows;
        return new Segment(
                picture.originalX((centre.column() + ends[0]) * x),
                picture.originalY((centre.row() + ends[1]) * y),
                picture.originalX((centre.column() + ends[2]) * x),
                picture.originalY((centre.row() + ends[3]) * y),
                centre.score());
    }
}
