package org.menagerie.plugin.slidingwindow;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.menagerie.vision.ImageSettings;
import org.menagerie.vision.Layout;

/**
 * How a classifier slides over pictures.
 *
 * @param image the classifier's preprocessor, as its own card states it; its width and height are the window
 * @param output the classifier's output, {@code f32[N,classes]}
 * @param activation what makes probabilities of it: {@code softmax} (default), {@code sigmoid}, {@code none}
 * @param scales what a picture's sides are multiplied by before the window slides over it; 1 by default
 * @param stride pixels between windows at each scale, a multiple of the network's own stride in one pass; by default about an
 *     eighth of the window
 * @param pass {@code auto} (default), {@code crops}, {@code dense} or {@code approximate}
 * @param background labels that are not objects; none by default
 * @param threshold what a class's probability must exceed; 0.9
 * @param iou windows of one class that overlap by more are one object; 0.3
 * @param most how many objects to answer at most, the best ones; 100
 */
public record SlidingWindowSettings(
        ImageSettings image,
        String output,
        @Nullable Activation activation,
        @Nullable List<Double> scales,
        @Nullable Integer stride,
        @Nullable Pass pass,
        @Nullable List<String> background,
        @Nullable Double threshold,
        @Nullable Double iou,
        @Nullable Integer most) {
    public SlidingWindowSettings {
        Objects.requireNonNull(output, "output");
        if (image.width() == null || image.height() == null || image.layout() == Layout.NHWC) {
            throw new IllegalArgumentException(
                    "image needs the window's width and height, and the layout NCHW, as the classifier's preprocessor");
        }
        if (scales != null && (scales.isEmpty() || scales.stream().anyMatch(scale -> !(scale > 0 && scale <= 16)))) {
            throw new IllegalArgumentException("scales must be numbers above 0 and at most 16, not " + scales);
        }
        requireFraction("threshold", threshold);
        requireFraction("iou", iou);
        requirePositive("stride", stride);
        requirePositive("most", most);
    }

    /** From a network's scores to probabilities. */
    public enum Activation {
        SOFTMAX,
        SIGMOID,
        NONE
    }

    /** How the windows' answers are computed. */
    public enum Pass {
        /** In one pass where that gives what crops give, else by crops. */
        AUTO,
        /** Each window is cut out, and the network runs on it. */
        CROPS,
        /** In one pass; refused where crops would give something else. */
        DENSE,
        /** In one pass, in which windows see their neighbours where crops see the network's padding. */
        APPROXIMATE
    }

    private static void requireFraction(String name, @Nullable Double value) {
        if (value != null && !(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("%s must be 0 to 1, not %s".formatted(name, value));
        }
    }

    private static void requirePositive(String name, @Nullable Integer value) {
        if (value != null && value < 1) {
            throw new IllegalArgumentException("%s must be at least 1, not %d".formatted(name, value));
        }
    }

    int windowWidth() {
        return Objects.requireNonNull(image.width());
    }

    int windowHeight() {
        return Objects.requireNonNull(image.height());
    }

    List<Double> scalesOrDefault() {
        return scales == null ? List.of(1.0) : scales;
    }

    Pass passOrDefault() {
        return pass == null ? Pass.AUTO : pass;
    }

    /** About an eighth of the window, and a multiple of the network's stride, so that either pass has the same windows. */
    int strideFor(int network) {
        if (stride != null) {
            return stride;
        }
        int eighth = Math.max(1, Math.min(windowWidth(), windowHeight()) / 8);
        return (eighth + network - 1) / network * network;
    }
}
