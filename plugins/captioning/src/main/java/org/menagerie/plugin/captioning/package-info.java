/** Captions for images. */
@NullMarked
package org.menagerie.plugin.captioning;

import org.jspecify.annotations.NullMarked;
