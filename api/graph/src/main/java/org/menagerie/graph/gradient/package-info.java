/**
 * Symbolic reverse-mode differentiation: one walker, tables of rules.
 *
 * <p>Bodies are differentiated too: both branches of an {@code If}, the steps of a {@code Scan}, and those of a {@code
 * Loop} that runs its count of iterations. A {@code Loop} that a condition may end has no gradient, because the states of
 * all steps are kept together and their number must be known before the first; nor has one whose state changes its shape.
 * The steps run a second time to give those states, so a gradient takes memory for one state a step.
 */
@NullMarked
package org.menagerie.graph.gradient;

import org.jspecify.annotations.NullMarked;
