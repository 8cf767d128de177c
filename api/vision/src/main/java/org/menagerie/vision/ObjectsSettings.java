package org.menagerie.vision;

import org.jspecify.annotations.Nullable;

/**
 * How objects are read.
 *
 * @param boxes the name of the output with their boxes; {@code objects}
 * @param scores the name of the output with their scores; {@code object_score}
 * @param labels the name of the output with their classes; {@code object_label}
 * @param threshold what a score must exceed; 0.25. The network itself leaves out the least likely
 * @param most how many objects to answer at most, the best ones; 100
 */
public record ObjectsSettings(
        @Nullable String boxes,
        @Nullable String scores,
        @Nullable String labels,
        @Nullable Double threshold,
        @Nullable Integer most) {
    public ObjectsSettings {
        if (threshold != null && !(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("threshold must be 0 to 1, not " + threshold);
        }
        if (most != null && most < 1) {
            throw new IllegalArgumentException("most must be at least 1, not " + most);
        }
    }

    String boxesOrDefault() {
        return boxes == null ? "objects" : boxes;
    }

    String scoresOrDefault() {
        return scores == null ? "object_score" : scores;
    }

    String labelsOrDefault() {
        return labels == null ? "object_label" : labels;
    }

    float thresholdOrDefault() {
        return threshold == null ? 0.25f : threshold.floatValue();
    }

    int mostOrDefault() {
        return most == null ? 100 : most;
    }
}
