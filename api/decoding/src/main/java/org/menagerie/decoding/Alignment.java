package org.menagerie.decoding;

/** Where the samples of a map lie when it is resized. */
public enum Alignment {
    /** Samples are the middles of pixels: ONNX's {@code half_pixel}, PyTorch's {@code align_corners=False}, OpenCV. */
    HALF_PIXEL,
    /** The outermost samples lie on the corners: ONNX's {@code align_corners}, PyTorch's {@code align_corners=True}. */
    ALIGN_CORNERS
}
