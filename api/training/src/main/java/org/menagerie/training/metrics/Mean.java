package org.menagerie.training.metrics;

/** A weighted mean, for example of the losses of batches weighted by their sizes. */
public final class Mean {
    private double sum;
    private double weight;

    /** Adds a batch's mean over {@code weight} examples. */
    public void add(double value, double weight) {
        this.sum += value * weight;
        this.weight += weight;
    }

    /** The mean; NaN if nothing was added. */
    public double result() {
        return sum / weight;
    }
}
