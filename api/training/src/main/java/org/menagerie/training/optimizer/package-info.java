/** Optimizers: each adds to a training graph the nodes that move a parameter. */
@NullMarked
package org.menagerie.training.optimizer;

import org.jspecify.annotations.NullMarked;
