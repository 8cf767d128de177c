package org.menagerie.plugin.overfeat;

import org.jspecify.annotations.Nullable;

/**
 * How the windows' answers are read.
 *
 * @param scores the output with the classes' probabilities; {@code scores}
 * @param corners the output with the boxes; {@code corners}
 * @param threshold windows whose likeliest class is more probable than this show an object; 0.5
 * @param merge boxes whose match score is at most this are one object; 0 for equal boxes only
 * @param most how many objects to answer at most, the best ones; 100
 */
public record OverFeatSettings(
        @Nullable String scores,
        @Nullable String corners,
        @Nullable Double threshold,
        @Nullable Double merge,
        @Nullable Integer most) {
    public OverFeatSettings {
        if (threshold != null && !(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("threshold must be 0 to 1, not " + threshold);
        }
        if (merge != null && !(merge >= 0)) {
            throw new IllegalArgumentException("merge must be 0 or more, not " + merge);
        }
        if (most != null && most < 1) {
            throw new IllegalArgumentException("most must be at least 1, not " + most);
        }
    }

    String scoresOrDefault() {
        return scores == null ? "scores" : scores;
    }

    String cornersOrDefault() {
        return corners == null ? "corners" : corners;
    }

    double thresholdOrDefault() {
        return threshold == null ? 0.5 : threshold;
    }

    double mergeOrDefault() {
        return merge == null ? 0.8 : merge;
    }

    int mostOrDefault() {
        return most == null ? 100 : most;
    }
}
