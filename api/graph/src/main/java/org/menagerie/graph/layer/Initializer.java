package org.menagerie.graph.layer;

import java.util.random.RandomGenerator;
import org.menagerie.spi.Shape;

/** How a parameter starts. */
@FunctionalInterface
public interface Initializer {
    /** Fills the elements of a parameter, in row-major order. */
    void fill(float[] values, Shape shape, RandomGenerator random);
}
