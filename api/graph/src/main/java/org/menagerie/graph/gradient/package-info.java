/** Symbolic reverse-mode differentiation: one walker, tables of rules. */
@NullMarked
package org.menagerie.graph.gradient;

import org.jspecify.annotations.NullMarked;
