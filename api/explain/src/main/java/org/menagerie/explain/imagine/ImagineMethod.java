package org.menagerie.explain.imagine;

/** A way to make a picture by optimising a network's input. Thread-safe. */
@FunctionalInterface
public interface ImagineMethod {
    /**
     * Makes the picture.
     *
     * @param easel gives the network, the pictures to begin with, and the score that a picture has
     */
    Painting paint(Easel easel);
}
