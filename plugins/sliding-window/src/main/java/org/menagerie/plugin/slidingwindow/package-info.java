/** Classifiers that slide over pictures. */
@NullMarked
package org.menagerie.plugin.slidingwindow;

import org.jspecify.annotations.NullMarked;
