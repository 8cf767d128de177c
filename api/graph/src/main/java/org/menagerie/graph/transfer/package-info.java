/** Making a network for a new task out of one that was trained for another. */
@NullMarked
package org.menagerie.graph.transfer;

import org.jspecify.annotations.NullMarked;
