/** Residual networks. */
@NullMarked
package org.menagerie.plugin.resnet;

import org.jspecify.annotations.NullMarked;
