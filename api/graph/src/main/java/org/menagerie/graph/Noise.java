package org.menagerie.graph;

/**
 * A graph input that whoever runs the graph fills with random numbers, new ones each run. The graph itself stays a pure
 * function, so a run can be repeated to the same bits.
 *
 * @param value the input; its symbols are those of the graph's other inputs
 * @param distribution what it is filled with
 */
public record Noise(Value value, Distribution distribution) {
    /** Independent draws for every element. */
    public enum Distribution {
        /** Uniform on [0, 1). */
        UNIFORM,
        /** Normal with mean 0 and variance 1. */
        NORMAL
    }
}
