package org.menagerie.training.schedule;

import ai.djl.training.tracker.Tracker;

/**
 * A cosine to almost zero again and again, each time from the full rate. Snapshots of one run are taken at the ends (Huang
 * 2017, equation 2).
 *
 * @param cycles how many times the rate falls, at least 1; they divide the steps
 */
public record CyclicCosine(int cycles) implements Schedule {
    public CyclicCosine {
        if (cycles < 1) {
            throw new IllegalArgumentException("A rate falls at least once; found %d cycles".formatted(cycles));
        }
    }

    @Override
    public Tracker tracker(double rate, int steps) {
        int cycle = Math.max(1, steps / cycles);
        Tracker fall = new Cosine(0).tracker(rate, cycle);
        return step -> fall.getNewValue(step % cycle);
    }
}
