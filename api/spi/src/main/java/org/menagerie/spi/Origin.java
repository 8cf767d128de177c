package org.menagerie.spi;

/** What a preprocessor remembers of one input so that a decoder can answer in the input's own terms. */
public interface Origin {
    /** For inputs whose answer needs nothing but the network's outputs. */
    record None() implements Origin {}

    /**
     * Where a network's input pixels came from in the original image: {@code original = (x - offsetX) / scaleX}.
     *
     * @param width original width, pixels
     * @param height original height, pixels
     * @param inputWidth width of the network's input, pixels
     * @param inputHeight height of the network's input, pixels
     * @param scaleX network pixels per original pixel along x
     * @param scaleY network pixels per original pixel along y
     * @param offsetX network x of the original's left edge (a letterbox's bar is positive, a crop negative)
     * @param offsetY network y of the original's top edge
     */
    record Image(
            int width,
            int height,
            int inputWidth,
            int inputHeight,
            double scaleX,
            double scaleY,
            double offsetX,
            double offsetY)
            implements Origin {
        /** The x in the original, pixels, of an x in the network's input. */
        public double originalX(double x) {
            return (x - offsetX) / scaleX;
        }

        /** The y in the original, pixels, of a y in the network's input. */
        public double originalY(double y) {
            return (y - offsetY) / scaleY;
        }
    }
}
