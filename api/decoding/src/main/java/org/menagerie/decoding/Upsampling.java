package org.menagerie.decoding;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.menagerie.spi.Origin;

/**
 * Bilinear resizing of a network's map to the size of a picture, with what is read from the map fused in.
 *
 * <p>{@link #argMax} and {@link #above} never hold a map of the picture's size: they keep two source rows, stretched to
 * the picture's width, and combine them for each row of the answer.
 */
public final class Upsampling {
    /** What {@link #argMax} answers where a picture reaches beyond what the network saw. */
    public static final int UNSEEN = -1;

    /** So many mixed values are worth the processors of the common pool, which share the rows among them. */
    private static final int SHARED_WORK = 1_000_000;

    private final int height;
    private final int width;
    private final AxisTaps vertical;
    private final AxisTaps horizontal;

    private interface AxisTaps {
        SamplePairs from(int samples);
    }

    private Upsampling(int height, int width, AxisTaps vertical, AxisTaps horizontal) {
        if (height < 1 || width < 1 || (long) height * width > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "The target is %d×%d pixels; expected at least 1×1 and less than 2³¹ in all"
                            .formatted(height, width));
        }
        this.height = height;
        this.width = width;
        this.vertical = vertical;
        this.horizontal = horizontal;
    }

    /** The whole map onto the whole target. */
    public static Upsampling to(int height, int width, Alignment alignment) {
        return new Upsampling(
                height, width, in -> SamplePairs.of(in, height, alignment), in -> SamplePairs.of(in, width, alignment));
    }

    /**
     * The part of the map that shows the picture onto the picture: letterbox bars fall away, a crop is put back where it
     * was taken, and what was mirrored (a negative scale) is mirrored back. The map covers the network's whole input, at any resolution, in half-pixel convention.
     */
    public static Upsampling toOriginal(Origin.Image picture) {
        double left = picture.offsetX() / picture.inputWidth();
        double top = picture.offsetY() / picture.inputHeight();
        double right = left + picture.scaleX() * picture.width() / picture.inputWidth();
        double bottom = top + picture.scaleY() * picture.height() / picture.inputHeight();
        return new Upsampling(
                picture.height(),
                picture.width(),
                in -> SamplePairs.ofWindow(in, picture.height(), top, bottom),
                in -> SamplePairs.ofWindow(in, picture.width(), left, right));
    }

    /** Which samples of a map's rows each pixel of a row lies between. */
    SamplePairs across(Grid map) {
        return horizontal.from(map.width());
    }

    /** Which rows of a map each row of the picture lies between. */
    SamplePairs down(Grid map) {
        return vertical.from(map.height());
    }

    /** The whole resized map, {@code [channels,height,width]}; what the network did not see continues its border. */
    public float[] resize(Grid map) {
        float[] resized = new float[Math.multiplyExact(map.channels(), height * width)];
        var rows = new StretchedRows(map, horizontal.from(map.width()), width);
        SamplePairs taps = vertical.from(map.height());
        float[] line = new float[width];
        for (int y = 0; y < height; y++) {
            rows.moveTo(taps.low()[y], taps.high()[y]);
            for (int c = 0; c < map.channels(); c++) {
                rows.blend(line, c, taps.fraction()[y]);
                System.arraycopy(line, 0, resized, (c * height + y) * width, width);
            }
        }
        return resized;
    }

    /**
     * The channel with the highest value at each pixel, {@code [height,width]}; of equals the first. Channel 0 where a
     * channel is NaN or +∞; {@link #UNSEEN} where the picture lies outside the network's input.
     */
    public int[] argMax(Grid map) {
        int[] labels = new int[height * width];
        SamplePairs across = horizontal.from(map.width());
        SamplePairs taps = vertical.from(map.height());
        Shares shares = Shares.of(height, (long) height * width * map.channels(), SHARED_WORK);
        IntStream.range(0, shares.count())
                .parallel()
                .forEach(part -> argMax(map, across, taps, labels, shares.start(part), shares.start(part + 1)));
        return labels;
    }

    /** The labels of rows {@code from} to {@code end}. */
    private void argMax(Grid map, SamplePairs across, SamplePairs taps, int[] labels, int from, int end) {
        var rows = new StretchedRows(map, across, width);
        float[] best = new float[width];
        float[] channel = new float[width];
        for (int y = from; y < end; y++) {
            int line = y * width;
            if (y < taps.firstSeen() || y >= taps.endSeen()) {
                Arrays.fill(labels, line, line + width, UNSEEN);
                continue;
            }
            rows.moveTo(taps.low()[y], taps.high()[y]);
            rows.bestChannels(best, channel, taps.fraction()[y]);
            for (int x = 0; x < width; x++) {
                labels[line + x] = channel[x] < map.channels() ? (int) channel[x] : 0;
            }
            Arrays.fill(labels, line, line + across.firstSeen(), UNSEEN);
            Arrays.fill(labels, line + across.endSeen(), line + width, UNSEEN);
        }
    }

    /** Where one channel is above a threshold, {@code [height,width]}; never where it is NaN or the network did not see. */
    public boolean[] above(Grid map, int channel, float threshold) {
        boolean[] mask = new boolean[height * width];
        var single = new Grid(
                Arrays.copyOfRange(
                        map.values(), channel * map.height() * map.width(), (channel + 1) * map.height() * map.width()),
                1,
                map.height(),
                map.width());
        SamplePairs across = horizontal.from(map.width());
        SamplePairs taps = vertical.from(map.height());
        var rows = new StretchedRows(single, across, width);
        float[] line = new float[width];
        for (int y = taps.firstSeen(); y < taps.endSeen(); y++) {
            rows.moveTo(taps.low()[y], taps.high()[y]);
            rows.blend(line, 0, taps.fraction()[y]);
            for (int x = across.firstSeen(); x < across.endSeen(); x++) {
                mask[y * width + x] = line[x] > threshold;
            }
        }
        return mask;
    }
}
