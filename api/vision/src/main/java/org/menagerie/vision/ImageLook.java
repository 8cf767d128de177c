package org.menagerie.vision;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.menagerie.spi.Look;
import org.menagerie.spi.LookKind;
import org.menagerie.spi.Origin;

/**
 * A look at pictures that sees a rectangle of the plane in which each lies. Thread-safe.
 *
 * @param frame the rectangle, by the picture's width and height
 */
record ImageLook(BiFunction<Integer, Integer, LookFrame> frame) implements Look<Image> {
    @Override
    public Image view(Image picture) {
        return ImageFactory.getInstance().fromImage(frame(picture).of(ImagePreprocessor.pixelsOf(picture)));
    }

    @Override
    public Origin origin(Origin seen, Image picture) {
        return seen instanceof Origin.Image place
                ? frame(picture).origin(place, picture.getWidth(), picture.getHeight())
                : seen;
    }

    private LookFrame frame(Image picture) {
        return frame.apply(picture.getWidth(), picture.getHeight());
    }

    /** A kind of look whose settings say which rectangle it sees. */
    static <S extends Record> LookKind<Image, S> kind(
            S defaults, Function<S, BiFunction<Integer, Integer, LookFrame>> frame) {
        return new LookKind<>(Image.class, defaults, settings -> new ImageLook(frame.apply(settings)));
    }
}
