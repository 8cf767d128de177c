/** Boxes that may hold an object, of whatever class, from the picture alone. */
@NullMarked
package org.menagerie.vision.proposal;

import org.jspecify.annotations.NullMarked;
