/** A class and a box for what a picture shows. */
@NullMarked
package org.menagerie.plugin.localizer;

import org.jspecify.annotations.NullMarked;
