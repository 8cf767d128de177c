package org.menagerie.vision;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Resizes a picture, normalises its samples and lays them out in a tensor, in one pass over the picture's rows.
 *
 * <p>A row is resized along x once, kept while later rows of the tensor are mixed from it, and then overwritten. So the
 * working memory is a few rows, however large the picture is. A picture that has its size already is only read. Made for
 * pictures of one size, one after the other; for one thread.
 */
final class ImageWriter {
    /** Elements a channel that are gathered before they go to the tensor: a small picture goes at once. */
    private static final int CHUNK = 4096;

    private final int width;
    private final int height;
    private final Placement placement;
    private final int channels;
    private final Taps across;
    private final Taps down;
    /** How rows are mixed by OpenCV's cubic filter, if that is asked for. */
    private final @Nullable CubicTaps cubic;

    /** What a sum along x begins with. */
    private final int start;

    /** The part of the input that the picture covers. */
    private final int left;

    private final int top;
    private final int wide;
    private final int high;

    private final int firstPixel;
    private final byte[] pixels;
    private final int[][] kept;
    private final int[] sums;
    /** Between neighbouring pixels of one channel in the tensor. */
    private final int step;

    private final int chunk;
    private final float[][] lines;
    private int nextRow;

    /**
     * Prepares for pictures of one size.
     *
     * @param width of the pictures, pixels
     * @param height of the pictures, pixels
     */
    ImageWriter(int width, int height, Placement placement, ImageSettings settings) {
        this.width = width;
        this.height = height;
        this.placement = placement;
        this.channels = settings.channelsOrDefault().count();
        this.left = Math.max(0, placement.left());
        this.top = Math.max(0, placement.top());
        this.wide = Math.min(placement.width(), placement.left() + placement.resizedWidth()) - left;
        this.high = Math.min(placement.height(), placement.top() + placement.resizedHeight()) - top;
        Filter filter = settings.filterOrDefault();
        boolean antialias = settings.antialiasOrDefault();
        int fromX = left - placement.left();
        int fromY = top - placement.top();
        if (filter == Filter.BICUBIC && !antialias && !keepsSize()) {
            this.cubic = CubicTaps.of(height, placement.resizedHeight(), fromY, high);
            this.across =
                    CubicTaps.of(width, placement.resizedWidth(), fromX, wide).merged();
            this.down = cubic.merged();
        } else {
            this.cubic = null;
            this.across = Taps.of(filter, antialias, width, placement.resizedWidth(), fromX, wide);
            this.down = Taps.of(filter, antialias, height, placement.resizedHeight(), fromY, high);
        }
        this.start = cubic == null ? Taps.HALF : 0;
        this.firstPixel = across.first()[0];
        this.pixels = new byte[(lastPixel() - firstPixel) * channels];
        this.kept = new int[down.stride()][wide * channels];
        this.sums = new int[wide * channels];
        this.step = settings.layoutOrDefault() == Layout.NCHW ? 1 : channels;
        this.chunk = Math.max(1, Math.min(placement.height(), CHUNK / placement.width()));
        this.lines = new float[channels / step][chunk * placement.width() * step];
    }

    /** Whether this writer was made for such a picture. */
    boolean fits(int pictureWidth, int pictureHeight, Placement place) {
        return width == pictureWidth && height == pictureHeight && placement.equals(place);
    }

    private boolean keepsSize() {
        return width == placement.resizedWidth() && height == placement.resizedHeight();
    }

    private int lastPixel() {
        return across.first()[wide - 1] + across.count()[wide - 1];
    }

    /**
     * Writes the whole input, bars included.
     *
     * @param rows the picture's
     * @param planes for each channel of the tensor, the picture's channel it is
     * @param values for each channel of the tensor, the value of each sample
     * @param pads for each channel of the tensor, the value of a bar
     * @param at the tensor's index of the input's first element
     */
    void write(PixelRows rows, int[] planes, float[][] values, float[] pads, FloatBuffer tensor, int at) {
        boolean keepsSize = keepsSize();
        int lineLength = placement.width() * step;
        nextRow = down.first()[0];
        for (int y = 0; y < placement.height(); y++) {
            int start = y % chunk * lineLength;
            boolean bar = y < top || y >= top + high;
            if (bar || wide < placement.width()) {
                fill(start, lineLength, pads);
            }
            if (!bar && keepsSize) {
                rows.read(down.first()[y - top], firstPixel, wide, pixels);
            } else if (!bar) {
                mix(rows, y - top);
            }
            for (int c = 0; !bar && c < channels; c++) {
                float[] line = lines[step == 1 ? c : 0];
                int from = start + left * step + (step == 1 ? 0 : c);
                if (keepsSize) {
                    place(pixels, planes[c], values[c], line, from);
                } else {
                    place(sums, planes[c] * wide, values[c], line, from);
                }
            }
            if (start + lineLength == lines[0].length || y == placement.height() - 1) {
                for (int line = 0; line < lines.length; line++) {
                    int to = at + (line * placement.height() + y - y % chunk) * lineLength;
                    tensor.put(to, lines[line], 0, start + lineLength);
                }
            }
        }
    }

    private void fill(int start, int length, float[] pads) {
        for (int line = 0; line < lines.length; line++) {
            for (int i = 0; i < length; i++) {
                lines[line][start + i] = pads[step == 1 ? line : i % step];
            }
        }
    }

    /** From interleaved samples. Constant strides, gray's 1 and RGB's 3, spare the loops their bounds checks. */
    private void place(byte[] samples, int channel, float[] values, float[] line, int at) {
        if (channels == 1) {
            for (int x = 0; x < wide; x++) {
                line[at + x] = values[samples[x] & 0xFF];
            }
        } else if (step == 1) {
            for (int x = 0; x < wide; x++) {
                line[at + x] = values[samples[channel + 3 * x] & 0xFF];
            }
        } else {
            for (int x = 0; x < wide; x++) {
                line[at + 3 * x] = values[samples[channel + 3 * x] & 0xFF];
            }
        }
    }

    /** From sums, one plane after the other. */
    private void place(int[] sums, int plane, float[] values, float[] line, int at) {
        if (step == 1) {
            for (int x = 0; x < wide; x++) {
                line[at + x] = values[Taps.clip(sums[plane + x])];
            }
        } else {
            for (int x = 0; x < wide; x++) {
                line[at + 3 * x] = values[Taps.clip(sums[plane + x])];
            }
        }
    }

    /** Mixes a row from rows resized along x; the sums wait for {@link Taps#clip}. */
    private void mix(PixelRows rows, int y) {
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
        if (cubic != null) {
            cubic.mix(y, kept, sums);
            for (int i = 0; i < sums.length; i++) {
                sums[i] <<= Taps.BITS;
            }
            return;
        }
        java.util.Arrays.fill(sums, Taps.HALF);
        for (int k = 0; k < count; k++) {
            add(kept[(first + k) % kept.length], down.weights()[y * down.stride() + k]);
        }
    }

    private void add(int[] line, int weight) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += line[i] * weight;
        }
    }

    private void resizeGray(int[] line) {
        int[] weights = across.weights();
        for (int x = 0; x < wide; x++) {
            int sum = start;
            int p = across.first()[x] - firstPixel;
            int k = x * across.stride();
            for (int end = k + across.count()[x]; k < end; k++, p++) {
                sum += (pixels[p] & 0xFF) * weights[k];
            }
            line[x] = kept(sum);
        }
    }

    /** What is kept of a sum along x: a sample, or for the cubic filter the sum itself. */
    private int kept(int sum) {
        return cubic == null ? Taps.clip(sum) : sum;
    }

    /** From interleaved samples to one plane after the other. */
    private void resizeColor(int[] line) {
        byte[] samples = pixels;
        int[] weights = across.weights();
        int[] starts = across.first();
        int[] counts = across.count();
        for (int x = 0; x < wide; x++) {
            int r = start;
            int g = start;
            int b = start;
            int p = (starts[x] - firstPixel) * 3;
            int k = x * across.stride();
            for (int end = k + counts[x]; k < end; k++, p += 3) {
                int weight = weights[k];
                r += (samples[p] & 0xFF) * weight;
                g += (samples[p + 1] & 0xFF) * weight;
                b += (samples[p + 2] & 0xFF) * weight;
            }
            line[x] = kept(r);
            line[wide + x] = kept(g);
            line[2 * wide + x] = kept(b);
        }
    }
}
