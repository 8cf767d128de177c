package org.menagerie.vision;

/**
 * How a resized pixel is mixed from the picture's.
 *
 * <p>With antialiasing a filter grows with the reduction, so that every pixel counts; {@link #BILINEAR} and {@link
 * #BICUBIC} then give PIL's bytes exactly (which torchvision's antialiased resize approximates). Without it they read two
 * or four neighbours an axis, as OpenCV and torchvision with {@code antialias=False} do. Rows are resized first, then
 * columns, with samples rounded to bytes between, as in PIL.
 */
public enum Filter {
    /** The pixel under the centre of the new one: PIL's NEAREST, PyTorch's {@code nearest-exact}. */
    NEAREST,
    /** The triangle filter. */
    BILINEAR,
    /** The cubic convolution of Keys (1981): a = -0.5 with antialiasing, -0.75 without, as in PyTorch. */
    BICUBIC,
    /** Each pixel weighted by the area the new one covers, OpenCV's INTER_AREA; bilinear along a side that grows. */
    AREA
}
