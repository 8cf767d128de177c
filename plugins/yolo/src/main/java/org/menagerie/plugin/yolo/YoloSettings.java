package org.menagerie.plugin.yolo;

import org.jspecify.annotations.Nullable;

/**
 * How a grid is read.
 *
 * @param output its name; {@code grid}
 * @param threshold what confidence × class probability must exceed; 0.25
 * @param iou boxes of one class that overlap by more are one object; 0.5
 * @param most how many objects to answer at most, the best ones; 100
 */
public record YoloSettings(
        @Nullable String output,
        @Nullable Double threshold,
        @Nullable Double iou,
        @Nullable Integer most) {
    public YoloSettings {
        requireFraction("threshold", threshold);
        requireFraction("iou", iou);
        if (most != null && most < 1) {
            throw new IllegalArgumentException("most must be at least 1, not " + most);
        }
    }

    private static void requireFraction(String name, @Nullable Double value) {
        if (value != null && !(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("%s must be 0 to 1, not %s".formatted(name, value));
        }
    }

    String outputOrDefault() {
        return output == null ? "grid" : output;
    }

    float thresholdOrDefault() {
        return threshold == null ? 0.25f : threshold.floatValue();
    }

    float iouOrDefault() {
        return iou == null ? 0.5f : iou.floatValue();
    }

    int mostOrDefault() {
        return most == null ? 100 : most;
    }
}
