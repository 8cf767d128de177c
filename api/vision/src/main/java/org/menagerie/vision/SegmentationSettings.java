package org.menagerie.vision;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a map of class scores is read.
 *
 * @param output the network's output, {@code f32[N,classes,H,W]}, at any resolution; a map of one channel is the probability of
 *     the only class that is not the background
 * @param margin pixels at each side of the network's input that the map leaves out, as convolutions without padding do; 0
 *     by default
 * @param layout of the output: {@code NCHW} (default) or {@code NHWC}
 * @param threshold what the value of a map of one channel must exceed to be its class; 0.5 by default
 */
public record SegmentationSettings(
        String output,
        @Nullable Integer margin,
        @Nullable Layout layout,
        @Nullable Double threshold) {
    public SegmentationSettings {
        Objects.requireNonNull(output, "output");
        if (margin != null && margin < 0) {
            throw new IllegalArgumentException("margin must not be negative, not " + margin);
        }
        if (threshold != null && !Double.isFinite(threshold)) {
            throw new IllegalArgumentException("threshold must be a finite number, not " + threshold);
        }
    }

    /** The settings of a map {@code f32[N,classes,H,W]} over the whole input, . */
    static SegmentationSettings of(String output) {
        return new SegmentationSettings(output, null, null, null);
    }

    Layout layoutOrDefault() {
        return layout == null ? Layout.NCHW : layout;
    }

    float thresholdOrDefault() {
        return threshold == null ? 0.5f : threshold.floatValue();
    }

    int marginOrDefault() {
        return margin == null ? 0 : margin;
    }
}
