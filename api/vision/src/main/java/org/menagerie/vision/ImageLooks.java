package org.menagerie.vision;

import org.menagerie.spi.LookKind;
import org.menagerie.spi.PluginBinder;

/** The looks at pictures that come with Menagerie. */
final class ImageLooks {
    private ImageLooks() {}

    /** A look without settings. */
    record Flip() {}

    /**
     * @param by what the picture's sides are multiplied by within the network's input; less than 1 shows it smaller, with its
     *     edges continued around it, more than 1 shows its middle larger
     */
    record Scale(double by) {
        Scale {
            if (!(by >= 0.25 && by <= 4) || by == 1) {
                throw new IllegalArgumentException("by must be 0.25 to 4 and not 1, not " + by);
            }
        }
    }

    /**
     * @param by how far the picture lies further right and down, as a fraction of its sides
     */
    record Shift(double by) {
        Shift {
            if (!(Math.abs(by) <= 0.5) || by == 0) {
                throw new IllegalArgumentException("by must be -0.5 to 0.5 and not 0, not " + by);
            }
        }
    }

    /** Binds {@code flip}, {@code scale} and {@code shift}. */
    static void bind(PluginBinder binder) {
        binder.bind(LookKind.class, "flip")
                .toInstance(ImageLook.kind(
                        new Flip(), flip -> (width, height) -> new LookFrame(0, 0, width, height, true)));
        binder.bind(LookKind.class, "scale")
                .toInstance(
                        ImageLook.kind(new Scale(0.8), scale -> (width, height) -> scaled(width, height, scale.by())));
        binder.bind(LookKind.class, "shift")
                .toInstance(ImageLook.kind(
                        new Shift(0.04),
                        shift -> (width, height) -> new LookFrame(
                                -pixels(width, shift.by()), -pixels(height, shift.by()), width, height, false)));
    }

    static LookFrame scaled(int width, int height, double by) {
        int seenWidth = (int) Math.max(1, Math.round(width / by));
        int seenHeight = (int) Math.max(1, Math.round(height / by));
        return new LookFrame(
                Math.floorDiv(width - seenWidth, 2),
                Math.floorDiv(height - seenHeight, 2),
                seenWidth,
                seenHeight,
                false);
    }

    /** At least one pixel. */
    private static int pixels(int extent, double by) {
        int whole = (int) Math.round(extent * by);
        return whole != 0 ? whole : by > 0 ? 1 : -1;
    }
}
