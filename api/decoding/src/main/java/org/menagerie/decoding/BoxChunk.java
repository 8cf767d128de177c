package org.menagerie.decoding;

import java.util.Arrays;

/**
 * A chunk of candidates, best first, on which each chosen box leaves its mark.
 *
 * <p>For all candidates at once, and in a form that the JIT compiles to vector instructions, {@link #mark} sums up how
 * far the IoU with any chosen box is above the threshold t. With d for "times a positive number", IoU &gt; t is
 * 16·intersection &gt; 16·t/(1+t) · (area + area'), and four times the width of the intersection is v + |v| where v =
 * width + width' - |right - right'| - |left - left'|. Rounding makes that inexact in the last digits, so it is taken
 * with a margin on both sides: {@link #surely} beyond the one, {@link #perhaps} beyond the other, and only between them
 * the IoU itself has to decide.
 */
final class BoxChunk {
    private static final float MARGIN = 1e-3f;

    private final float sureFactor;
    private final float perhapsFactor;
    /** Few enough that little is marked in vain when the last box wanted is found, enough for vector loops to pay. */
    static final int SIZE = 256;

    private final float[] left = new float[SIZE];
    private final float[] top = new float[SIZE];
    private final float[] right = new float[SIZE];
    private final float[] bottom = new float[SIZE];
    private final float[] area = new float[SIZE];
    private final float[] across = new float[SIZE];
    private final float[] down = new float[SIZE];
    private final float[] sure = new float[SIZE];
    private final float[] perhaps = new float[SIZE];
    private int size;

    /** Chunks for an IoU threshold; below {@link #LOWEST} the margins do not hold. */
    BoxChunk(float iou) {
        float factor = 16 * iou / (1 + iou);
        this.sureFactor = factor * (1 + MARGIN);
        this.perhapsFactor = factor * (1 - MARGIN);
    }

    /** The IoU threshold from which on rounding stays within the margins. */
    static final float LOWEST = 0.02f;

    /** Takes in the boxes of {@code count} candidates from one on, unmarked. */
    void load(Candidates candidates, int at, int count, float[] boxes, int firstBox) {
        size = count;
        Arrays.fill(sure, 0, size, -1);
        Arrays.fill(perhaps, 0, size, -1);
        for (int i = 0; i < size; i++) {
            int box = firstBox + Ranking.index(candidates.key(at + i));
            left[i] = Boxes.left(boxes, box);
            top[i] = Boxes.top(boxes, box);
            right[i] = Boxes.right(boxes, box);
            bottom[i] = Boxes.bottom(boxes, box);
            area[i] = (right[i] - left[i]) * (bottom[i] - top[i]);
        }
    }

    /** Lets a chosen box leave its mark on the candidates from one index on. */
    void mark(float[] boxes, int box, int from) {
        mark(Boxes.left(boxes, box), Boxes.top(boxes, box), Boxes.right(boxes, box), Boxes.bottom(boxes, box), from);
    }

    private void mark(float l, float t, float r, float b, int from) {
        common(across, left, right, l, r, from, size);
        common(down, top, bottom, t, b, from, size);
        float a = (r - l) * (b - t);
        excess(sure, across, down, area, a, sureFactor, from, size);
        excess(perhaps, across, down, area, a, perhapsFactor, from, size);
    }

    // Short loops with one store each, all arrays at the same index: C2 turns these into vector code, longer ones not.

    /** Four times the length that each candidate has in common with the range from low to high. */
    private static void common(float[] into, float[] lows, float[] highs, float low, float high, int from, int size) {
        float length = high - low;
        for (int i = from; i < size; i++) {
            float v = (length + (highs[i] - lows[i])) - (Math.abs(high - highs[i]) + Math.abs(low - lows[i]));
            into[i] = v + Math.abs(v);
        }
    }

    private static void excess(
            float[] into, float[] across, float[] down, float[] areas, float area, float factor, int from, int size) {
        for (int i = from; i < size; i++) {
            into[i] = Math.max(into[i], across[i] * down[i] - factor * (area + areas[i]));
        }
    }

    /** Whether a chosen box overlaps candidate {@code i} by more than the threshold beyond doubt. */
    boolean surely(int i) {
        return sure[i] > 0;
    }

    /** Whether a chosen box may overlap candidate {@code i} by more than the threshold; NaN, from infinite corners, may. */
    boolean perhaps(int i) {
        return !(perhaps[i] <= 0);
    }
}
