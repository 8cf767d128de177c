/**
 * From a network's numbers to answers: top-k, non-maximum suppression, segmentation, CTC, pooling, speech segments and
 * generation.
 *
 * <p>Pure functions on primitive arrays, without images and without ONNX Runtime. Arrays are row-major; boxes are
 * {@code [N,4]} corners (x1, y1, x2, y2); scores of several classes are {@code [classes,N]}. Everything is thread-safe
 * unless its Javadoc says otherwise, and an argument that does not fit is an {@link java.lang.IllegalArgumentException}.
 */
@NullMarked
package org.menagerie.decoding;

import org.jspecify.annotations.NullMarked;
