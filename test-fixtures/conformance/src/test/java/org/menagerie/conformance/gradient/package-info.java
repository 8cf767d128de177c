/** Holds symbolic derivatives against finite differences, PyTorch and float64 references. */
@NullMarked
package org.menagerie.conformance.gradient;

import org.jspecify.annotations.NullMarked;
