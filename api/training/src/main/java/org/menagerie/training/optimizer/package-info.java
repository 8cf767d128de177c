/**
 * Optimizers: those of first order add to a training graph the nodes that move a parameter, those of second order find
 * directions from Hessian-vector products.
 */
@NullMarked
package org.menagerie.training.optimizer;

import org.jspecify.annotations.NullMarked;
