package org.menagerie.explain.imagine;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * Keeps a canvas like a picture, whatever the network asks for (Yosinski 2015, Mahendran and Vedaldi 2015).
 *
 * @param l2 how much of each pixel's distance from the resting colour is taken away at each step
 * @param tv weight of the total variation: how far each step moves a pixel towards the mean of its neighbours
 * @param blurEvery blur at each so many steps; 0 for never
 * @param blur the blur's standard deviation, pixels
 * @param smallest the part of the pixels, those nearest to the resting colour, that takes it at each step
 */
record Prior(double l2, double tv, int blurEvery, double blur, double smallest) {
    Prior {
        if (l2 < 0 || l2 > 1 || tv < 0 || tv > 1 || smallest < 0 || smallest >= 1 || blurEvery < 0 || blur < 0) {
            throw new IllegalArgumentException(
                    "l2, tv and smallest must be 0 to 1, blurEvery and blur 0 or more; found %s, %s, %s, %d and %s"
                            .formatted(l2, tv, smallest, blurEvery, blur));
        }
    }

    /**
     * Returns what turns a canvas into the next one after a step. It counts the steps, so that each climb needs one of its own.
     *
     * @param rest the colour that pixels fall back to
     */
    UnaryOperator<Canvas> afterStep(float[] rest) {
        int[] step = {0};
        return canvas -> {
            step[0]++;
            Canvas next = canvas;
            if (blurEvery > 0 && step[0] % blurEvery == 0) {
                next = next.blurred(blur);
            }
            float[] values = next.values().clone();
            int size = next.height() * next.width();
            if (tv > 0) {
                smooth(next, values);
            }
            for (int i = 0; i < values.length; i++) {
                values[i] -= (float) l2 * (values[i] - rest[i / size]);
            }
            if (smallest > 0) {
                toRest(next.with(values), rest);
            }
            return next.with(values).clipped();
        };
    }

    /** One step of diffusion, which is the descent of half the squared differences of neighbours. */
    private void smooth(Canvas canvas, float[] values) {
        float[] from = canvas.values();
        int width = canvas.width();
        int height = canvas.height();
        for (int i = 0; i < from.length; i++) {
            int x = i % width;
            int y = i / width % height;
            float mean = (from[x > 0 ? i - 1 : i]
                            + from[x < width - 1 ? i + 1 : i]
                            + from[y > 0 ? i - width : i]
                            + from[y < height - 1 ? i + width : i])
                    / 4;
            values[i] += (float) tv * (mean - from[i]);
        }
    }

    private void toRest(Canvas canvas, float[] rest) {
        int size = canvas.height() * canvas.width();
        float[] distance = new float[size];
        for (int i = 0; i < canvas.values().length; i++) {
            distance[i % size] = Math.max(distance[i % size], Math.abs(canvas.values()[i] - rest[i / size]));
        }
        float[] sorted = distance.clone();
        Arrays.sort(sorted);
        float cut = sorted[(int) (smallest * size)];
        for (int i = 0; i < canvas.values().length; i++) {
            if (distance[i % size] < cut) {
                canvas.values()[i] = rest[i / size];
            }
        }
    }
}
