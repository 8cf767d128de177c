/** You only look once: objects in a picture as one grid of boxes and classes. */
@NullMarked
package org.menagerie.plugin.yolo;

import org.jspecify.annotations.NullMarked;
