package org.menagerie.vision;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a map of class scores is read.
 *
 * @param output the network's output, {@code f32[N,classes,H,W]}, at any resolution
 * @param margin pixels at each side of the network's input that the map leaves out, as convolutions without padding do; 0
 *     by default
 * @param shift pixels of the network's input by which a second look at the picture lies further right and down, whose
 *     scores are averaged with the first's where it saw the place; twice the time; 0, the default, for one look
 */
public record SegmentationSettings(
        String output, @Nullable Integer margin, @Nullable Integer shift) {
    public SegmentationSettings {
        Objects.requireNonNull(output, "output");
        if (margin != null && margin < 0) {
            throw new IllegalArgumentException("margin must not be negative, not " + margin);
        }
        if (shift != null && shift < 0) {
            throw new IllegalArgumentException("shift must not be negative, not " + shift);
        }
    }

    int marginOrDefault() {
        return margin == null ? 0 : margin;
    }

    int shiftOrDefault() {
        return shift == null ? 0 : shift;
    }
}
