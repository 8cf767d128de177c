package org.menagerie.vision;

import java.nio.FloatBuffer;

/**
 * Resizes a picture, normalises its samples and lays them out in a tensor, in one pass over the picture's rows.
 *
 * <p>A row is resized along x once, kept while later rows of the tensor are mixed from it, and then overwritten. So the
 * working memory is a few rows, however large the picture is. Made for one picture; for one thread.
 */
final class PictureWriter {
    private final PixelRows rows;
    private final Placement placement;
    private final int channels;
    private final Taps across;
    private final Taps down;
    /** The part of the input that the picture covers. */
    private final int left;

    private final int top;
    private final int wide;
    private final int high;

    private final int firstPixel;
    private final byte[] pixels;
    private final int[][] kept;
    private int nextRow;

    PictureWriter(PixelRows rows, int width, int height, Placement placement, ImageSettings settings) {
        this.rows = rows;
        this.placement = placement;
        this.channels = settings.channelsOrDefault().count();
        this.left = Math.max(0, placement.left());
        this.top = Math.max(0, placement.top());
        this.wide = Math.min(placement.width(), placement.left() + placement.resizedWidth()) - left;
        this.high = Math.min(placement.height(), placement.top() + placement.resizedHeight()) - top;
        Filter filter = settings.filterOrDefault();
        boolean antialias = settings.antialiasOrDefault();
        this.across = Taps.of(filter, antialias, width, placement.resizedWidth(), left - placement.left(), wide);
        this.down = Taps.of(filter, antialias, height, placement.resizedHeight(), top - placement.top(), high);
        this.firstPixel = across.first()[0];
        this.pixels = new byte[(lastPixel() - firstPixel) * channels];
        this.kept = new int[down.stride()][wide * channels];
        this.nextRow = down.first()[0];
    }

    private int lastPixel() {
        return across.first()[wide - 1] + across.count()[wide - 1];
    }

    /**
     * Writes the whole input, bars included.
     *
     * @param planes for each channel of the tensor, the picture's channel it is
     * @param values for each channel of the tensor, the value of each sample
     * @param pads for each channel of the tensor, the value of a bar
     * @param at the tensor's index of the input's first element
     */
    void write(Layout layout, int[] planes, float[][] values, float[] pads, FloatBuffer tensor, int at) {
        int width = placement.width();
        int height = placement.height();
        float[][] lines = new float[layout == Layout.NCHW ? channels : 1][];
        int step = layout == Layout.NCHW ? 1 : channels;
        int[] sums = new int[wide * channels];
        for (int y = 0; y < height; y++) {
            boolean bar = y < top || y >= top + high;
            if (y == 0 || y == top || y == top + high) {
                fillWithPads(lines, step, pads);
            }
            if (!bar) {
                mix(y - top, sums);
                for (int c = 0; c < channels; c++) {
                    place(
                            sums,
                            planes[c] * wide,
                            values[c],
                            lines[step == 1 ? c : 0],
                            left * step + (step == 1 ? 0 : c),
                            step);
                }
            }
            for (int line = 0; line < lines.length; line++) {
                tensor.put(at + (line * height + y) * width * step, lines[line]);
            }
        }
    }

    private void fillWithPads(float[][] lines, int step, float[] pads) {
        for (int line = 0; line < lines.length; line++) {
            lines[line] = new float[placement.width() * step];
            for (int i = 0; i < lines[line].length; i++) {
                lines[line][i] = pads[step == 1 ? line : i % step];
            }
        }
    }

    private void place(int[] sums, int plane, float[] values, float[] line, int at, int step) {
        for (int x = 0; x < wide; x++) {
            line[at + x * step] = values[Taps.clip(sums[plane + x])];
        }
    }

    /** Mixes a row from rows resized along x; the sums wait for {@link Taps#clip}. */
    private void mix(int y, int[] sums) {
        int first = down.first()[y];
        int count = down.count()[y];
        nextRow = Math.max(nextRow, first);
        for (; nextRow < first + count; nextRow++) {
            rows.read(nextRow, firstPixel, pixels.length / channels, pixels);
            int[] line = kept[nextRow % kept.length];
            if (channels == 1) {
                resizeGray(line);
            } else {
                resizeColor(line);
            }
        }
        java.util.Arrays.fill(sums, Taps.HALF);
        for (int k = 0; k < count; k++) {
            add(kept[(first + k) % kept.length], down.weights()[y * down.stride() + k], sums);
        }
    }

    private static void add(int[] line, int weight, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += line[i] * weight;
        }
    }

    private void resizeGray(int[] line) {
        int[] weights = across.weights();
        for (int x = 0; x < wide; x++) {
            int sum = Taps.HALF;
            int p = across.first()[x] - firstPixel;
            int k = x * across.stride();
            for (int end = k + across.count()[x]; k < end; k++, p++) {
                sum += (pixels[p] & 0xFF) * weights[k];
            }
            line[x] = Taps.clip(sum);
        }
    }

    /** From interleaved samples to one plane after the other. */
    private void resizeColor(int[] line) {
        byte[] samples = pixels;
        int[] weights = across.weights();
        int[] starts = across.first();
        int[] counts = across.count();
        for (int x = 0; x < wide; x++) {
            int r = Taps.HALF;
            int g = Taps.HALF;
            int b = Taps.HALF;
            int p = (starts[x] - firstPixel) * 3;
            int k = x * across.stride();
            for (int end = k + counts[x]; k < end; k++, p += 3) {
                int weight = weights[k];
                r += (samples[p] & 0xFF) * weight;
                g += (samples[p + 1] & 0xFF) * weight;
                b += (samples[p + 2] & 0xFF) * weight;
            }
            line[x] = Taps.clip(r);
            line[wide + x] = Taps.clip(g);
            line[2 * wide + x] = Taps.clip(b);
        }
    }
}
