package org.menagerie.vision.proposal;

import java.awt.Rectangle;

/** Some pixels that hang together: how many, the box around them, and their histograms, which sum to 1 each. */
record Region(int size, Rectangle box, float[] colors, float[] texture) {
    /** Both together. */
    Region with(Region other) {
        return new Region(
                size + other.size,
                box.union(other.box),
                mean(colors, other.colors, other.size),
                mean(texture, other.texture, other.size));
    }

    private float[] mean(float[] mine, float[] others, int otherSize) {
        float[] mean = new float[mine.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (mine[i] * size + others[i] * otherSize) / (size + otherSize);
        }
        return mean;
    }

    /**
     * How well two regions go together, formulas 2 to 6 of the paper: by texture, smallness and how well they fit into each
     * other, and by colour if wanted.
     *
     * @param pixels of the picture
     */
    double similarity(Region other, boolean byColor, int pixels) {
        double both = size + other.size;
        Rectangle around = box.union(other.box);
        double hole = (double) around.width * around.height - both;
        double similarity = overlap(texture, other.texture) + (1 - both / pixels) + (1 - hole / pixels);
        return byColor ? similarity + overlap(colors, other.colors) : similarity;
    }

    private static double overlap(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.min(a[i], b[i]);
        }
        return sum;
    }
}
