/** Finds straight line segments in pictures: M-LSD. */
@NullMarked
package org.menagerie.plugin.mlsd;

import org.jspecify.annotations.NullMarked;
