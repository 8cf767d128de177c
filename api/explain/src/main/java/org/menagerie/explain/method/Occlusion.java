package org.menagerie.explain.method;

import org.menagerie.explain.Attribution;
import org.menagerie.explain.Baseline;
import org.menagerie.explain.ExplanationKind;
import org.menagerie.explain.ExplanationMethod;
import org.menagerie.explain.PictureLayout;
import org.menagerie.explain.Probe;
import org.menagerie.spi.Tensor;

/**
 * How much the score falls when a patch is covered. Needs no gradient. Of inputs that are not pictures, stretches are covered.
 *
 * @param size the side of a patch in the network's input, pixels; 0 for a seventh of the shorter side
 * @param stride the distance between patches; 0 for half the side
 * @param baseline what covers a patch
 */
public record Occlusion(int size, int stride, Baseline baseline) implements ExplanationMethod {
    private static final int PARTS = 7;

    public Occlusion {
        if (size < 0 || stride < 0) {
            throw new IllegalArgumentException(
                    "size and stride must be 0 or more, found %d and %d".formatted(size, stride));
        }
    }

    public static ExplanationKind<Occlusion> kind() {
        return ExplanationKind.of(
                        new Occlusion(0, 0, Baseline.BLACK),
                        "How much the score falls when a patch is covered (Zeiler and Fergus 2014).")
                .withoutGradient();
    }

    @Override
    public Attribution explain(Probe probe) {
        return probe.layout().map(layout -> ofPicture(probe, layout)).orElseGet(() -> ofStretches(probe));
    }

    private Attribution ofPicture(Probe probe, PictureLayout layout) {
        int side = size > 0 ? size : Math.max(1, Math.min(layout.height(), layout.width()) / PARTS);
        int step = stride > 0 ? stride : Math.max(1, side / 2);
        int rows = patches(layout.height(), side, step);
        int columns = patches(layout.width(), side, step);
        float[] input = probe.input().toFloatArray();
        float[] cover = probe.baseline(baseline);
        double score = probe.score();
        double[] sum = new double[layout.height() * layout.width()];
        int[] covered = new int[sum.length];
        probe.scores(
                rows * columns,
                (index, into) -> {
                    System.arraycopy(input, 0, into, 0, into.length);
                    each(layout, index, columns, side, step, (y, x) -> {
                        for (int c = 0; c < layout.channels(); c++) {
                            int at = layout.index(c, y, x);
                            into[at] = cover[at];
                        }
                    });
                },
                (index, found) -> each(layout, index, columns, side, step, (y, x) -> {
                    sum[y * layout.width() + x] += score - found;
                    covered[y * layout.width() + x]++;
                }));
        float[] map = new float[sum.length];
        for (int i = 0; i < map.length; i++) {
            map[i] = (float) (sum[i] / Math.max(1, covered[i]));
        }
        return Attribution.signed(Tensor.of(map, 1, 1, layout.height(), layout.width()))
                .with("patches", (double) rows * columns)
                .saying("Patches of %d pixels at every %d of the network's input.".formatted(side, step));
    }

    /** So many patches reach the far edge. */
    private static int patches(int length, int side, int step) {
        return length <= side ? 1 : (length - side + step - 1) / step + 1;
    }

    private interface Pixel {
        void at(int y, int x);
    }

    private static void each(PictureLayout layout, int index, int columns, int side, int step, Pixel pixel) {
        int top = Math.max(0, Math.min(index / columns * step, layout.height() - side));
        int left = Math.max(0, Math.min(index % columns * step, layout.width() - side));
        for (int y = top; y < Math.min(top + side, layout.height()); y++) {
            for (int x = left; x < Math.min(left + side, layout.width()); x++) {
                pixel.at(y, x);
            }
        }
    }

    private Attribution ofStretches(Probe probe) {
        float[] input = probe.input().toFloatArray();
        int side = size > 0 ? size : Math.max(1, input.length / 64);
        int step = stride > 0 ? stride : Math.max(1, side / 2);
        int count = patches(input.length, side, step);
        float[] cover = probe.baseline(baseline);
        double score = probe.score();
        double[] sum = new double[input.length];
        int[] covered = new int[input.length];
        probe.scores(
                count,
                (index, into) -> {
                    System.arraycopy(input, 0, into, 0, into.length);
                    int start = Math.max(0, Math.min(index * step, input.length - side));
                    int length = Math.min(side, input.length - start);
                    System.arraycopy(cover, start, into, start, length);
                },
                (index, found) -> {
                    int start = Math.max(0, Math.min(index * step, input.length - side));
                    for (int i = start; i < Math.min(start + side, input.length); i++) {
                        sum[i] += score - found;
                        covered[i]++;
                    }
                });
        float[] values = new float[input.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (sum[i] / Math.max(1, covered[i]));
        }
        return Attribution.signed(Tensor.of(values, probe.input().shape().dims()))
                .saying("Stretches of %d numbers at every %d.".formatted(side, step));
    }
}
