/** Tests of the line segments. */
@NullMarked
package org.menagerie.plugin.mlsd;

import org.jspecify.annotations.NullMarked;
