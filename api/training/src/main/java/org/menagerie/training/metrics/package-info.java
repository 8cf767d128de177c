/** Accumulating measures of how good predictions are. Each is for one thread; nothing added gives NaN. */
@NullMarked
package org.menagerie.training.metrics;

import org.jspecify.annotations.NullMarked;
