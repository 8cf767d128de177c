package org.menagerie.plugin.mlsd;

import org.jspecify.annotations.Nullable;

/**
 * How M-LSD's outputs are read.
 *
 * @param scores the output of centre scores, {@code f32[N,H,W,1]}, zero where a neighbour's is higher
 * @param offsets the output of the ends relative to the centre, {@code f32[N,H,W,4]}, in cells
 * @param threshold segments must score more than this; 0.1 by default
 * @param minLength segments must be longer than this many cells of the grid; 20 by default
 * @param most the most segments, taken by their score before their length is looked at; 200 by default
 */
public record MlsdSettings(
        String scores,
        String offsets,
        @Nullable Double threshold,
        @Nullable Double minLength,
        @Nullable Integer most) {
    public MlsdSettings {
        if (threshold != null && !(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("threshold must be 0 to 1, not " + threshold);
        }
        if (minLength != null && !(minLength >= 0 && minLength < 1e6)) {
            throw new IllegalArgumentException("minLength must be 0 or more cells, not " + minLength);
        }
        if (most != null && most < 1) {
            throw new IllegalArgumentException("most must be at least 1, not " + most);
        }
    }

    float thresholdOrDefault() {
        return threshold == null ? 0.1f : threshold.floatValue();
    }

    double minLengthOrDefault() {
        return minLength == null ? 20 : minLength;
    }

    int mostOrDefault() {
        return most == null ? 200 : most;
    }
}
