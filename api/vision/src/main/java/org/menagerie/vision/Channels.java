package org.menagerie.vision;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The samples a network wants for each pixel, in their order. */
public enum Channels {
    @JsonProperty("RGB")
    RGB(3),
    @JsonProperty("BGR")
    BGR(3),
    /** Luma of ITU-R 601, as PIL's mode {@code L}. */
    @JsonProperty("gray")
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
