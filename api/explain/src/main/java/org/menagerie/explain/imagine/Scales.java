package org.menagerie.explain.imagine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * From a small picture to a large one: what a method added at one size is enlarged and added at the next.
 *
 * @param octaves how many sizes
 * @param factor from one size to the next
 */
record Scales(int octaves, double factor) {
    private static final int LEAST_SIDE = 16;
    private static final int MULTIPLE = 32;
    private static final int FEW = 4;

    Scales {
        if (octaves < 1 || octaves > 20 || factor <= 1 || factor > 4) {
            throw new IllegalArgumentException(
                    "octaves must be 1 to 20 and factor above 1 and at most 4, found %d and %s"
                            .formatted(octaves, factor));
        }
    }

    /** Makes the picture at each size in turn, and returns that of the start's own size. */
    Canvas paint(Canvas start, UnaryOperator<Canvas> each) {
        Canvas added = null;
        Canvas result = start;
        for (int[] size : sizes(start)) {
            Canvas base = start.resized(size[0], size[1]);
            Canvas canvas = added == null ? base : base.plus(added.resized(size[0], size[1]));
            result = each.apply(canvas);
            added = result.minus(base);
        }
        return result;
    }

    /** Smallest first; sizes below 16 pixels are left out. */
    List<int[]> sizes(Canvas start) {
        List<int[]> sizes = new ArrayList<>();
        for (int octave = octaves - 1; octave >= 0; octave--) {
            double shrink = Math.pow(factor, octave);
            int height = octave == 0 ? start.height() : even(start.height() / shrink);
            int width = octave == 0 ? start.width() : even(start.width() / shrink);
            if (octave == 0 || Math.min(height, width) >= LEAST_SIDE) {
                sizes.add(new int[] {height, width});
            }
        }
        return sizes;
    }

    /** A length that networks can halve several times and enlarge again: a multiple of 32, or of 4 if it is short. */
    static int even(double length) {
        int multiple = length < 2 * MULTIPLE ? FEW : MULTIPLE;
        return Math.max(1, (int) Math.round(length / multiple)) * multiple;
    }
}
