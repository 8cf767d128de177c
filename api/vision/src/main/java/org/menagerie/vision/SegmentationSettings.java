package org.menagerie.vision;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a map of class scores is read.
 *
 * @param output the network's output, {@code f32[N,classes,H,W]}, at any resolution
 * @param margin pixels at each side of the network's input that the map leaves out, as convolutions without padding do; 0
 *     by default
 */
public record SegmentationSettings(String output, @Nullable Integer margin) {
    public SegmentationSettings {
        Objects.requireNonNull(output, "output");
        if (margin != null && margin < 0) {
            throw new IllegalArgumentException("margin must not be negative, not " + margin);
        }
    }

    int marginOrDefault() {
        return margin == null ? 0 : margin;
    }
}
