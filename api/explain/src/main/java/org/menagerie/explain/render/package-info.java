/** Attributions as pictures and pages. */
@NullMarked
package org.menagerie.explain.render;

import org.jspecify.annotations.NullMarked;
