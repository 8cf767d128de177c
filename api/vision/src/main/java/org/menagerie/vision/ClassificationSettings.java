package org.menagerie.vision;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How class scores are read.
 *
 * @param output the network's output, {@code f32[N,classes]}
 * @param activation what makes probabilities of it: {@code softmax} (default), {@code sigmoid}, {@code none}
 * @param topK how many of the most probable classes the answer holds; 5 by default
 */
public record ClassificationSettings(
        String output,
        @Nullable Activation activation,
        @Nullable Integer topK) {
    public ClassificationSettings {
        Objects.requireNonNull(output, "output");
        if (topK != null && topK < 1) {
            throw new IllegalArgumentException("topK must be at least 1, not " + topK);
        }
    }

    /** From a network's scores to probabilities. */
    public enum Activation {
        SOFTMAX,
        SIGMOID,
        NONE
    }
}
