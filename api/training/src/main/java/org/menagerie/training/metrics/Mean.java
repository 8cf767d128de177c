package org.menagerie.training.metrics;

/** A weighted mean, for example of the losses of batches weighted by their sizes. */
public final class Mean {
    private double sum;
    private double weight;

    /** What was added so far, for a checkpoint. */
    public record State(double sum, double weight) {}

    /** A mean of nothing yet. */
    public Mean() {}

    /** A mean that goes on from where another was. */
    public Mean(State state) {
        sum = state.sum();
        weight = state.weight();
    }

    public State state() {
        return new State(sum, weight);
    }

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
