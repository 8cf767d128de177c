package org.menagerie.plugin.yolox;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the output of an anchor-free YOLO is read. The defaults are YOLOX's. Networks exported as YOLOv8 to v12 are take {@code
 * boxes: pixels}, {@code objectness: false} and {@code transposed: true}; YOLOv6 takes {@code boxes: pixels}.
 *
 * @param output the network's output, {@code f32[N,boxes,4+classes]}, or {@code 5+classes} with objectness: centre x and y, width,
 *     height, objectness, a probability for each class
 * @param transposed true if the output is {@code f32[N,4+classes,boxes]}; false by default
 * @param boxes {@code grid} (default) or {@code pixels}
 * @param objectness true (default) if a box has a probability of being any object, which multiplies those of its classes
 * @param strides for {@code grid}: pixels of the input for each cell of each grid, in the order of the output; 8, 16, 32 by default
 * @param threshold objects must score more than this; 0.3 by default
 * @param iou boxes of one class that overlap by more are one object; 0.45 by default
 * @param most the most objects in an answer, the best ones; 300 by default
 */
public record AnchorFreeSettings(
        String output,
        @Nullable Boolean transposed,
        @Nullable BoxCoding boxes,
        @Nullable Boolean objectness,
        @Nullable List<Integer> strides,
        @Nullable Double threshold,
        @Nullable Double iou,
        @Nullable Integer most) {
    public AnchorFreeSettings {
        Objects.requireNonNull(output, "output");
        strides = strides == null ? null : List.copyOf(strides);
        if (strides != null && (strides.isEmpty() || strides.stream().anyMatch(stride -> stride < 1))) {
            throw new IllegalArgumentException("strides must be one or more numbers of pixels above 0, not " + strides);
        }
        if (strides != null && boxes == BoxCoding.PIXELS) {
            throw new IllegalArgumentException("strides belong to boxes: grid; boxes is pixels");
        }
        requireFraction("threshold", threshold);
        requireFraction("iou", iou);
        if (most != null && most < 1) {
            throw new IllegalArgumentException("most must be at least 1, not " + most);
        }
    }

    /** YOLOX's. */
    static AnchorFreeSettings of(String output) {
        return new AnchorFreeSettings(output, null, null, null, null, null, null, null);
    }

    private static void requireFraction(String name, @Nullable Double value) {
        if (value != null && !(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("%s must be 0 to 1, not %s".formatted(name, value));
        }
    }

    boolean transposedOrDefault() {
        return transposed != null && transposed;
    }

    BoxCoding boxesOrDefault() {
        return boxes == null ? BoxCoding.GRID : boxes;
    }

    boolean objectnessOrDefault() {
        return objectness == null || objectness;
    }

    List<Integer> stridesOrDefault() {
        return strides == null ? List.of(8, 16, 32) : strides;
    }

    float thresholdOrDefault() {
        return threshold == null ? 0.3f : threshold.floatValue();
    }

    float iouOrDefault() {
        return iou == null ? 0.45f : iou.floatValue();
    }

    int mostOrDefault() {
        return most == null ? 300 : most;
    }
}
