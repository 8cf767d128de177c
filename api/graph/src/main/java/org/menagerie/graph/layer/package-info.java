/** Layers with parameters, their settings and their initializers. */
@NullMarked
package org.menagerie.graph.layer;

import org.jspecify.annotations.NullMarked;
