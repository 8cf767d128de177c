/** VGG. */
@NullMarked
package org.menagerie.plugin.vgg;

import org.jspecify.annotations.NullMarked;
