/**
 * Pictures to tensors, and tensors to answers in DJL's vision types.
 *
 * <p>Cards name the preprocessor {@code image} ({@link org.menagerie.vision.ImageSettings}) and the decoders {@code
 * classification} ({@link org.menagerie.vision.ClassificationSettings}) and {@code segmentation} ({@link
 * org.menagerie.vision.SegmentationSettings}).
 */
@NullMarked
package org.menagerie.vision;

import org.jspecify.annotations.NullMarked;
