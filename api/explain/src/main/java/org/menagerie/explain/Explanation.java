package org.menagerie.explain;

import ai.djl.modality.cv.Image;
import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.menagerie.decoding.Grid;
import org.menagerie.decoding.Upsampling;
import org.menagerie.explain.render.Figure;
import org.menagerie.explain.render.HeatMap;
import org.menagerie.spi.Origin;

/**
 * Why a network answered as it did.
 *
 * @param model the model, or the file of a network without a card
 * @param method the method with its settings, as it was asked for
 * @param target what is explained
 * @param score the target's value for the input
 * @param attribution what each part of the input did for it
 * @param input the input; null for tensors of a network without a card
 * @param layout how a picture lies in the network's input; null if the input is not a picture
 * @param origin where the picture's pixels came from; null if the input is not a picture
 */
public record Explanation(
        String model,
        String method,
        String target,
        double score,
        Attribution attribution,
        @Nullable Object input,
        @Nullable PictureLayout layout,
        Origin.@Nullable Image origin) {
    /** One number a pixel of the network's input, or of the map that the method gives; empty if the input is not a picture. */
    public Optional<Grid> map() {
        if (layout == null) {
            return Optional.empty();
        }
        float[] values = attribution.values().toFloatArray();
        long[] dims = attribution.values().shape().dims();
        return Optional.of(
                values.length == layout.channels() * layout.height() * layout.width()
                        ? layout.pixels(values, attribution.signed())
                        : new Grid(values, 1, (int) dims[2], (int) dims[3]));
    }

    /**
     * One number a pixel of the original picture: the map brought back by the preprocessor's geometry, 0 where the network did
     * not see the picture.
     */
    public Optional<Grid> mapOfPicture() {
        Origin.Image picture = origin;
        return picture == null
                ? map()
                : map().map(map ->
                        new Grid(Upsampling.toOriginal(picture).resize(map), 1, picture.height(), picture.width()));
    }

    /** The explanation beside the picture, with a caption; empty if the input is not a picture. */
    public Optional<BufferedImage> picture() {
        return mapOfPicture().map(map -> {
            HeatMap heat = new HeatMap(map, attribution.signed());
            BufferedImage shown =
                    input instanceof Image image && image.getWrappedImage() instanceof BufferedImage pixels
                            ? pixels
                            : null;
            return Figure.of(shown, heat, model, caption(), attribution.remarks());
        });
    }

    /** One line: method, target and score. */
    public String caption() {
        return String.format(Locale.ROOT, "%s: %s = %.4g", method, target, score);
    }
}
