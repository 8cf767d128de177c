package org.menagerie.explain.imagine;

/** A score of pictures that can be climbed. */
@FunctionalInterface
interface Landscape {
    /**
     * Returns the score of a canvas.
     *
     * @param slope receives the gradient with respect to the canvas
     */
    double at(Canvas canvas, float[] slope);
}
