package org.menagerie.explain.method;

import java.util.Random;
import org.menagerie.decoding.Alignment;
import org.menagerie.decoding.Grid;
import org.menagerie.decoding.Upsampling;
import org.menagerie.explain.Attribution;
import org.menagerie.explain.Baseline;
import org.menagerie.explain.ExplanationKind;
import org.menagerie.explain.ExplanationMethod;
import org.menagerie.explain.PictureLayout;
import org.menagerie.explain.Probe;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;

/**
 * The mean of random masks, weighted by the score that the masked picture gets. Needs no gradient. From each score the mean score
 * is taken, so that masks that help and masks that harm balance.
 *
 * @param samples how many masks
 * @param cells cells of a mask along each side
 * @param keep the probability that a cell is kept
 * @param baseline what covers the other cells
 * @param seed of the random generator
 */
public record Rise(int samples, int cells, double keep, Baseline baseline, long seed) implements ExplanationMethod {
    public Rise {
        if (samples < 1 || samples > 1_000_000 || cells < 1 || cells > 256) {
            throw new IllegalArgumentException(
                    "samples must be 1 to 1,000,000 and cells 1 to 256, found %d and %d".formatted(samples, cells));
        }
        if (!(keep > 0 && keep < 1)) {
            throw new IllegalArgumentException("keep must be between 0 and 1, found " + keep);
        }
    }

    public static ExplanationKind<Rise> kind() {
        return ExplanationKind.of(
                        new Rise(1000, 7, 0.5, Baseline.BLACK, 1),
                        "The mean of random masks, weighted by the score of the masked picture (Petsiuk 2018).")
                .withoutGradient();
    }

    @Override
    public Attribution explain(Probe probe) {
        PictureLayout layout = probe.layout()
                .orElseThrow(() -> new ZooException("RISE masks pictures; the input is " + probe.input()));
        float[] input = probe.input().toFloatArray();
        float[] cover = probe.baseline(baseline);
        int size = layout.height() * layout.width();
        float[] scores = new float[samples];
        probe.scores(
                samples,
                (index, into) -> {
                    float[] mask = mask(layout, index);
                    for (int y = 0; y < layout.height(); y++) {
                        for (int x = 0; x < layout.width(); x++) {
                            float kept = mask[y * layout.width() + x];
                            for (int c = 0; c < layout.channels(); c++) {
                                int at = layout.index(c, y, x);
                                into[at] = cover[at] + kept * (input[at] - cover[at]);
                            }
                        }
                    }
                },
                (index, score) -> scores[index] = (float) score);
        double mean = 0;
        for (float score : scores) {
            mean += score / (double) samples;
        }
        double[] sum = new double[size];
        for (int index = 0; index < samples; index++) {
            float[] mask = mask(layout, index);
            for (int i = 0; i < size; i++) {
                sum[i] += (scores[index] - mean) * mask[i];
            }
        }
        float[] map = new float[size];
        for (int i = 0; i < size; i++) {
            map[i] = (float) (sum[i] / (samples * keep));
        }
        return Attribution.signed(Tensor.of(map, 1, 1, layout.height(), layout.width()));
    }

    /** A coarse random mask, enlarged and moved by a random part of a cell. */
    private float[] mask(PictureLayout layout, int index) {
        Random random = new Random(seed * 1_000_003 + index);
        float[] coarse = new float[(cells + 1) * (cells + 1)];
        for (int i = 0; i < coarse.length; i++) {
            coarse[i] = random.nextDouble() < keep ? 1 : 0;
        }
        int cellHeight = (layout.height() + cells - 1) / cells;
        int cellWidth = (layout.width() + cells - 1) / cells;
        int wide = (cells + 1) * cellWidth;
        float[] large = Upsampling.to((cells + 1) * cellHeight, wide, Alignment.HALF_PIXEL)
                .resize(new Grid(coarse, 1, cells + 1, cells + 1));
        int down = random.nextInt(cellHeight);
        int right = random.nextInt(cellWidth);
        float[] mask = new float[layout.height() * layout.width()];
        for (int y = 0; y < layout.height(); y++) {
            System.arraycopy(large, (y + down) * wide + right, mask, y * layout.width(), layout.width());
        }
        return mask;
    }
}
