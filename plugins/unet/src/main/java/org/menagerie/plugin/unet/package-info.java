/** U-Net. */
@NullMarked
package org.menagerie.plugin.unet;

import org.jspecify.annotations.NullMarked;
