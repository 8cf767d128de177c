/** Networks as they are exported: what is left of a graph outside training, and where it says that it came from. */
@NullMarked
package org.menagerie.graph.export;

import org.jspecify.annotations.NullMarked;
