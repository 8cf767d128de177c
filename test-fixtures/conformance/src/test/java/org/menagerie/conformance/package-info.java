/** Holds the graph module against independent references. */
@NullMarked
package org.menagerie.conformance;

import org.jspecify.annotations.NullMarked;
