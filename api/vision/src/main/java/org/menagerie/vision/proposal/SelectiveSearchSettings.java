package org.menagerie.vision.proposal;

import java.util.List;

/**
 * How selective search looks at a picture. Each combination of a colour space and a scale gives two hierarchies, one by
 * colour, texture, size and fill and one without colour: the strategies of the paper's fast mode.
 *
 * @param colors the spaces that colours are compared in; a gray picture is looked at once, whatever they are
 * @param scales the tolerances of the first segmentation, its k, in units of samples 0 to 255
 * @param sigma of the Gaussian that smooths the picture for the segmentation, pixels
 * @param leastPixels the fewest pixels of a first segment
 * @param most the most boxes
 */
public record SelectiveSearchSettings(
        List<ColorSpace> colors, List<Double> scales, double sigma, int leastPixels, int most) {
    public SelectiveSearchSettings {
        colors = List.copyOf(colors);
        scales = List.copyOf(scales);
        if (colors.isEmpty() || scales.isEmpty()) {
            throw new IllegalArgumentException(
                    "Selective search needs a colour space and a scale; found colors %s and scales %s"
                            .formatted(colors, scales));
        }
        if (!scales.stream().allMatch(scale -> scale >= 0 && scale <= 1e6)) {
            throw new IllegalArgumentException("scales must be 0 to 1,000,000, not " + scales);
        }
        if (!(sigma >= 0 && sigma <= 100)) {
            throw new IllegalArgumentException("sigma must be 0 to 100 pixels, not " + sigma);
        }
        if (leastPixels < 1 || most < 1) {
            throw new IllegalArgumentException(
                    "leastPixels and most must be at least 1, not %,d and %,d".formatted(leastPixels, most));
        }
    }

    /**
     * HSV and Lab at the tolerances 100 and 300, lightly smoothed, segments of 30 pixels and up to 2,000 boxes. The paper's fast
     * mode has 50 and 100, smooths by 0.8 and is for photographs of about 500 pixels; on small pictures these find more.
     */
    public static SelectiveSearchSettings standard() {
        return new SelectiveSearchSettings(
                List.of(ColorSpace.HSV, ColorSpace.LAB), List.of(100.0, 300.0), 0.5, 30, 2_000);
    }
}
