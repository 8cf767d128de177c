/** Data sets as random access to batches of named tensors, the loaders that shuffle and augment them, and readers of
 * published formats. */
@NullMarked
package org.menagerie.training.data;

import org.jspecify.annotations.NullMarked;
