package org.menagerie.plugin.blazeface;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How BlazeFace's outputs are read.
 *
 * @param scores the outputs of face logits, {@code f32[1,512,1]} of the 16x16 grid and {@code f32[1,384,1]} of the 8x8
 * @param boxes the outputs of boxes and key points, {@code f32[1,512,16]} and {@code f32[1,384,16]}
 * @param threshold faces must score at least this; 0.75 by default
 * @param iou boxes that overlap by more are one face; 0.3 by default
 */
public record BlazeFaceSettings(
        List<String> scores,
        List<String> boxes,
        @Nullable Double threshold,
        @Nullable Double iou) {
    public BlazeFaceSettings {
        if (scores.size() != 2 || boxes.size() != 2) {
            throw new IllegalArgumentException(
                    "scores and boxes name 2 outputs each, not %d and %d".formatted(scores.size(), boxes.size()));
        }
        requireFraction("threshold", threshold);
        requireFraction("iou", iou);
    }

    private static void requireFraction(String name, @Nullable Double value) {
        if (value != null && !(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("%s must be 0 to 1, not %s".formatted(name, value));
        }
    }

    float thresholdOrDefault() {
        return threshold == null ? 0.75f : threshold.floatValue();
    }

    float iouOrDefault() {
        return iou == null ? 0.3f : iou.floatValue();
    }
}
