/** Finds faces and six key points of each: MediaPipe's BlazeFace. */
@NullMarked
package org.menagerie.plugin.blazeface;

import org.jspecify.annotations.NullMarked;
