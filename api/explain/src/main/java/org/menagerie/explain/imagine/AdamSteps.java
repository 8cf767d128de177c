package org.menagerie.explain.imagine;

import java.util.function.UnaryOperator;

/**
 * Adam over the pixels (Kingma and Ba 2015).
 *
 * @param rate the learning rate, as a part of the range from black to white
 */
record AdamSteps(double rate) implements Climber {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    @Override
    public Canvas climb(Canvas from, Landscape landscape, int steps, UnaryOperator<Canvas> after, Runnable done) {
        Canvas canvas = from;
        int size = from.values().length;
        float[] slope = new float[size];
        double[] mean = new double[size];
        double[] square = new double[size];
        for (int step = 1; step <= steps; step++) {
            landscape.at(canvas, slope);
            float[] next = canvas.values().clone();
            double ofMean = 1 - Math.pow(BETA1, step);
            double ofSquare = 1 - Math.pow(BETA2, step);
            for (int i = 0; i < size; i++) {
                mean[i] = BETA1 * mean[i] + (1 - BETA1) * slope[i];
                square[i] = BETA2 * square[i] + (1 - BETA2) * slope[i] * slope[i];
                next[i] += (float) (rate * (mean[i] / ofMean) / (Math.sqrt(square[i] / ofSquare) + EPSILON));
            }
            canvas = after.apply(canvas.with(next));
            done.run();
        }
        return canvas;
    }
}
