package org.menagerie.explain.imagine;

import java.util.function.UnaryOperator;

/** Climbs a landscape: the loop that all methods share, with the rule of a step. */
interface Climber {
    /**
     * Climbs from a canvas.
     *
     * @param steps how many
     * @param after what each new canvas is turned into, such as a clipped one
     * @param done is run after each step
     */
    Canvas climb(Canvas from, Landscape landscape, int steps, UnaryOperator<Canvas> after, Runnable done);
}
