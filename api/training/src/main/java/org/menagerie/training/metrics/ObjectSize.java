package org.menagerie.training.metrics;

/** The sizes of objects that COCO tells apart by their area in square pixels; an area on a bound belongs to both sizes. */
public enum ObjectSize {
    ALL(0, 1e10),
    SMALL(0, 32 * 32),
    MEDIUM(32 * 32, 96 * 96),
    LARGE(96 * 96, 1e10);

    private final double least;
    private final double most;

    ObjectSize(double least, double most) {
        this.least = least;
        this.most = most;
    }

    boolean holds(double area) {
        return area >= least && area <= most;
    }
}
