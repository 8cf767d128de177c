package org.menagerie.plugin.paddleocr;

import org.jspecify.annotations.Nullable;

/**
 * How the pipeline runs: the parameters of PaddleOCR's {@code predict_system.py}.
 *
 * @param longestSide larger pictures are shrunk to it for detection, pixels; 960 by default
 * @param pixelThreshold a pixel is text above this probability; 0.3 by default
 * @param boxThreshold a region is text if its pixels' mean is at least this; 0.6 by default
 * @param unclip how far regions are grown, in areas over perimeters; 1.5 by default
 * @param minScore lines that read with less are dropped; 0.5 by default
 * @param orientation whether lines are looked at for being upside down, with the artifact {@code orientation}; false by
 *     default
 */
public record PaddleOcrSettings(
        @Nullable Integer longestSide,
        @Nullable Double pixelThreshold,
        @Nullable Double boxThreshold,
        @Nullable Double unclip,
        @Nullable Double minScore,
        @Nullable Boolean orientation) {
    public PaddleOcrSettings {
        if (longestSide != null && (longestSide < 32 || longestSide > 8192)) {
            throw new IllegalArgumentException(
                    "longestSide must be 32 to 8,192 pixels, not %,d".formatted(longestSide));
        }
        requireFraction("pixelThreshold", pixelThreshold);
        requireFraction("boxThreshold", boxThreshold);
        requireFraction("minScore", minScore);
        if (unclip != null && !(unclip >= 0 && unclip <= 10)) {
            throw new IllegalArgumentException("unclip must be 0 to 10, not " + unclip);
        }
    }

    private static void requireFraction(String name, @Nullable Double value) {
        if (value != null && !(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("%s must be 0 to 1, not %s".formatted(name, value));
        }
    }

    int longestSideOrDefault() {
        return longestSide == null ? 960 : longestSide;
    }

    double pixelThresholdOrDefault() {
        return pixelThreshold == null ? 0.3 : pixelThreshold;
    }

    double boxThresholdOrDefault() {
        return boxThreshold == null ? 0.6 : boxThreshold;
    }

    double unclipOrDefault() {
        return unclip == null ? 1.5 : unclip;
    }

    double minScoreOrDefault() {
        return minScore == null ? 0.5 : minScore;
    }

    boolean orientationOrDefault() {
        return orientation != null && orientation;
    }
}
