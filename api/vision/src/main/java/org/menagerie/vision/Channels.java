package org.menagerie.vision;

/** The samples a network wants for each pixel, in their order. */
public enum Channels {
    RGB(3),
    BGR(3),
    /** Luma of ITU-R 601, as PIL's mode {@code L}. */
    GRAY(1);

    private final int count;

    Channels(int count) {
        this.count = count;
    }

    /** Samples a pixel. */
    public int count() {
        return count;
    }
}
