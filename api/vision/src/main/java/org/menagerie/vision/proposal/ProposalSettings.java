package org.menagerie.vision.proposal;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.menagerie.vision.ImageSettings;

/**
 * How a card wants pictures prepared for a network that also takes boxes that may hold objects. Only {@code image} is
 * required; what is not given is as {@link SelectiveSearchSettings#standard()} says.
 *
 * @param image as for the preprocessor {@code image}; boxes are in pixels of the picture that it makes
 * @param proposals the network's input f32[N,P,4] of boxes, {@code proposals} by default
 * @param colors the spaces that colours are compared in
 * @param scales the tolerances of the first segmentation
 * @param sigma of the Gaussian that smooths the picture before, pixels
 * @param leastPixels the fewest pixels of a first segment
 * @param most the most boxes a picture
 */
public record ProposalSettings(
        ImageSettings image,
        @Nullable String proposals,
        @Nullable List<ColorSpace> colors,
        @Nullable List<Double> scales,
        @Nullable Double sigma,
        @Nullable Integer leastPixels,
        @Nullable Integer most) {
    String proposalsOrDefault() {
        return proposals == null ? "proposals" : proposals;
    }

    SelectiveSearchSettings search() {
        SelectiveSearchSettings standard = SelectiveSearchSettings.standard();
        return new SelectiveSearchSettings(
                colors == null ? standard.colors() : colors,
                scales == null ? standard.scales() : scales,
                sigma == null ? standard.sigma() : sigma,
                leastPixels == null ? standard.leastPixels() : leastPixels,
                most == null ? standard.most() : most);
    }
}
