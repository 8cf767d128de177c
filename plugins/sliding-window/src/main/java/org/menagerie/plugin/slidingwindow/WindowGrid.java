package org.menagerie.plugin.slidingwindow;

/**
 * Where windows lie in a picture: from its left upper corner on, as far as whole windows fit.
 *
 * @param window extents of a window, pixels
 * @param picture extents of the picture, pixels
 * @param stride pixels between neighbouring windows
 */
record WindowGrid(Extents window, Extents picture, int stride) {
    record Extents(int height, int width) {}

    int rows() {
        return picture.height() < window.height() ? 0 : (picture.height() - window.height()) / stride + 1;
    }

    int columns() {
        return picture.width() < window.width() ? 0 : (picture.width() - window.width()) / stride + 1;
    }

    int count() {
        return Math.multiplyExact(rows(), columns());
    }

    /** The row of pixels at which a window begins. */
    int top(int number) {
        return number / columns() * stride;
    }

    /** The column of pixels at which a window begins. */
    int left(int number) {
        return number % columns() * stride;
    }
}
