/** Finds and reads text in pictures: PaddleOCR's mobile networks as one pipeline. */
@NullMarked
package org.menagerie.plugin.paddleocr;

import org.jspecify.annotations.NullMarked;
