/** OverFeat. */
@NullMarked
package org.menagerie.plugin.overfeat;

import org.jspecify.annotations.NullMarked;
