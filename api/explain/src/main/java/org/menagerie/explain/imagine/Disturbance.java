package org.menagerie.explain.imagine;

import java.util.Random;

/**
 * Moves and turns a picture at random before each look at it, and its gradient back, so that no detail depends on one place.
 *
 * @param jitter the most in each direction, as a part of the shorter side
 * @param rotation the most degrees to each side
 */
record Disturbance(double jitter, double rotation) {
    Disturbance {
        if (!(jitter >= 0 && jitter <= 0.5) || rotation < 0 || rotation > 180) {
            throw new IllegalArgumentException(
                    "jitter must be 0 to 0.5 of the side and rotation 0 to 180 degrees, found %s and %s"
                            .formatted(jitter, rotation));
        }
    }

    Landscape on(Landscape landscape, Random random) {
        if (jitter == 0 && rotation == 0) {
            return landscape;
        }
        return (canvas, slope) -> {
            int most = (int) Math.round(jitter * Math.min(canvas.height(), canvas.width()));
            int down = random.nextInt(2 * most + 1) - most;
            int right = random.nextInt(2 * most + 1) - most;
            double degrees = rotation * (2 * random.nextDouble() - 1);
            Canvas seen = canvas.rolled(down, right);
            double score = landscape.at(rotation == 0 ? seen : seen.rotated(degrees), slope);
            Canvas back = canvas.with(slope.clone());
            Canvas upright = rotation == 0 ? back : back.rotated(-degrees);
            System.arraycopy(upright.rolled(-down, -right).values(), 0, slope, 0, slope.length);
            return score;
        };
    }
}
