/** Detection by regions: Faster R-CNN and Fast R-CNN. */
@NullMarked
package org.menagerie.plugin.rcnn;

import org.jspecify.annotations.NullMarked;
