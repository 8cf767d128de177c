package org.menagerie.decoding;

import java.util.Arrays;

/**
 * Two neighbouring rows of a map, all channels, stretched to the target's width; each source row is stretched once.
 *
 * <p>The loops over a row have one store and one index for all arrays, the form that C2 compiles to vector code.
 */
final class StretchedRows {
    private static final float HUGE = 1e38f;

    private final Grid map;
    private final SamplePairs taps;
    private float[][] upper;
    private float[][] lower;
    private int upperRow = -1;
    private int lowerRow = -1;

    StretchedRows(Grid map, SamplePairs taps, int width) {
        this.map = map;
        this.taps = taps;
        this.upper = new float[map.channels()][width];
        this.lower = new float[map.channels()][width];
    }

    /** Makes two source rows the ones that are blended. */
    void moveTo(int newUpper, int newLower) {
        if (newUpper == lowerRow) {
            float[][] spare = upper;
            upper = lower;
            lower = spare;
            lowerRow = upperRow;
            upperRow = newUpper;
        }
        if (newUpper != upperRow) {
            stretch(newUpper, upper);
            upperRow = newUpper;
        }
        if (newLower != lowerRow) {
            stretch(newLower, lower);
            lowerRow = newLower;
        }
    }

    private void stretch(int row, float[][] into) {
        int[] low = taps.low();
        int[] high = taps.high();
        float[] fraction = taps.fraction();
        float[] values = map.values();
        for (int c = 0; c < map.channels(); c++) {
            int line = (c * map.height() + row) * map.width();
            float[] target = into[c];
            for (int x = 0; x < target.length; x++) {
                float a = values[line + low[x]];
                target[x] = a + fraction[x] * (values[line + high[x]] - a);
            }
        }
    }

    /** One channel between the two rows. */
    void blend(float[] into, int channel, float fraction) {
        blend(into, upper[channel], lower[channel], fraction);
    }

    private static void blend(float[] into, float[] upper, float[] lower, float fraction) {
        for (int x = 0; x < into.length; x++) {
            into[x] = upper[x] + fraction * (lower[x] - upper[x]);
        }
    }

    /** Between the two rows, the highest value at each place and the first channel that has it. */
    void bestChannels(float[] best, float[] channel, float fraction) {
        Arrays.fill(best, Float.NEGATIVE_INFINITY);
        Arrays.fill(channel, map.channels());
        for (int c = 0; c < map.channels(); c++) {
            raise(best, upper[c], lower[c], fraction);
        }
        for (int c = 0; c < map.channels(); c++) {
            name(channel, best, upper[c], lower[c], fraction, c);
        }
    }

    private static void raise(float[] best, float[] upper, float[] lower, float fraction) {
        for (int x = 0; x < best.length; x++) {
            best[x] = Math.max(best[x], upper[x] + fraction * (lower[x] - upper[x]));
        }
    }

    /** The distance from the best, blown up, is zero for the best alone: its number is the lowest that is left. */
    private static void name(
            float[] channel, float[] best, float[] upper, float[] lower, float fraction, float number) {
        for (int x = 0; x < best.length; x++) {
            float distance = best[x] - (upper[x] + fraction * (lower[x] - upper[x]));
            channel[x] = Math.min(channel[x], number + distance * HUGE * HUGE);
        }
    }
}
