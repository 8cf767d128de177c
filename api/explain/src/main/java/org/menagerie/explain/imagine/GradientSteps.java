package org.menagerie.explain.imagine;

import java.util.function.UnaryOperator;

/**
 * Steps along the gradient, each of the same root mean square. The gradient's coarse parts are raised to the size of its fine
 * ones first: it is the sum of itself and of blurred copies, each divided by its own root mean square.
 *
 * @param rate the root mean square of a step, as a part of the range from black to white
 * @param scales how many blurred copies are added, each of twice the width of the one before
 */
record GradientSteps(double rate, int scales) implements Climber {
    private static final float LEAST = 1e-12f;

    @Override
    public Canvas climb(Canvas from, Landscape landscape, int steps, UnaryOperator<Canvas> after, Runnable done) {
        Canvas canvas = from;
        float[] slope = new float[from.values().length];
        for (int step = 0; step < steps; step++) {
            landscape.at(canvas, slope);
            float[] direction = new float[slope.length];
            Canvas whole = canvas.with(slope.clone());
            addScaled(direction, whole.values());
            for (int scale = 0; scale < scales; scale++) {
                addScaled(direction, whole.blurred(1 << scale).values());
            }
            float size = (float) rate / (rms(direction) + LEAST);
            float[] next = canvas.values().clone();
            for (int i = 0; i < next.length; i++) {
                next[i] += size * direction[i];
            }
            canvas = after.apply(canvas.with(next));
            done.run();
        }
        return canvas;
    }

    private static void addScaled(float[] to, float[] from) {
        float scale = 1 / (rms(from) + LEAST);
        for (int i = 0; i < to.length; i++) {
            to[i] += scale * from[i];
        }
    }

    static float rms(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return (float) Math.sqrt(sum / values.length);
    }
}
