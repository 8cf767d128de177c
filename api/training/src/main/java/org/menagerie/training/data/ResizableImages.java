package org.menagerie.training.data;

/** A data set of images that are read from files of their own sizes, so that it can give them in any size. */
public interface ResizableImages extends Dataset {
    /**
     * Returns the same examples with images of another size.
     *
     * @param channels 1 or 3
     * @param height in pixels
     * @param width in pixels
     */
    Dataset resized(int channels, int height, int width);
}
