package org.menagerie.explain.imagine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.UnaryOperator;

/**
 * L-BFGS (Nocedal 1980): the last steps and what they changed in the gradient stand in for the inverse of the second
 * derivative. A step that does not raise the score enough is halved; one that shows no curvature is not remembered.
 *
 * @param memory how many steps are remembered
 */
record QuasiNewton(int memory) implements Climber {
    private static final int MOST_HALVINGS = 12;
    private static final double ENOUGH = 1e-4;

    /** The size of the first step, as a part of the range from black to white. */
    private static final double FIRST = 0.02;

    private record Pair(float[] step, float[] change, double curvature) {}

    @Override
    public Canvas climb(Canvas from, Landscape landscape, int steps, UnaryOperator<Canvas> after, Runnable done) {
        Canvas canvas = from;
        float[] slope = new float[from.values().length];
        double score = landscape.at(canvas, slope);
        Deque<Pair> pairs = new ArrayDeque<>();
        for (int step = 0; step < steps; step++) {
            float[] direction = direction(slope, pairs);
            double along = dot(direction, slope);
            if (!(along > 0)) {
                pairs.clear();
                direction = direction(slope, pairs);
                along = dot(direction, slope);
            }
            float[] nextSlope = new float[slope.length];
            double length = 1;
            Canvas next = canvas;
            double found = score;
            boolean higher = false;
            for (int halving = 0; halving < MOST_HALVINGS && !higher; halving++) {
                next = after.apply(moved(canvas, direction, length));
                found = landscape.at(next, nextSlope);
                higher = found >= score + ENOUGH * length * along;
                length /= 2;
            }
            if (!higher) {
                if (pairs.isEmpty()) {
                    return canvas;
                }
                pairs.clear();
                continue;
            }
            remember(pairs, difference(next.values(), canvas.values()), difference(slope, nextSlope));
            canvas = next;
            slope = nextSlope;
            score = found;
            done.run();
        }
        return canvas;
    }

    private void remember(Deque<Pair> pairs, float[] step, float[] change) {
        double curvature = dot(step, change);
        if (curvature > 1e-10 * Math.sqrt(dot(step, step) * dot(change, change))) {
            if (pairs.size() == memory) {
                pairs.removeLast();
            }
            pairs.addFirst(new Pair(step, change, curvature));
        }
    }

    /** The two loops over the remembered steps, newest first and then oldest first. */
    private static float[] direction(float[] slope, Deque<Pair> pairs) {
        float[] direction = slope.clone();
        if (pairs.isEmpty()) {
            scale(direction, FIRST / Math.max(GradientSteps.rms(slope), 1e-30));
            return direction;
        }
        double[] factors = new double[pairs.size()];
        int at = 0;
        for (Pair pair : pairs) {
            factors[at] = dot(pair.step, direction) / pair.curvature;
            add(direction, pair.change, -factors[at++]);
        }
        Pair newest = pairs.getFirst();
        scale(direction, newest.curvature / dot(newest.change, newest.change));
        for (Iterator<Pair> oldest = pairs.descendingIterator(); oldest.hasNext(); ) {
            Pair pair = oldest.next();
            add(direction, pair.step, factors[--at] - dot(pair.change, direction) / pair.curvature);
        }
        return direction;
    }

    private static Canvas moved(Canvas canvas, float[] direction, double length) {
        float[] values = canvas.values().clone();
        add(values, direction, length);
        return canvas.with(values);
    }

    private static float[] difference(float[] a, float[] b) {
        float[] difference = a.clone();
        add(difference, b, -1);
        return difference;
    }

    private static void add(float[] to, float[] from, double times) {
        for (int i = 0; i < to.length; i++) {
            to[i] += (float) (times * from[i]);
        }
    }

    private static void scale(float[] values, double by) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= (float) by;
        }
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
