/** Picture files to pixels: one way for every format, whatever the host's ImageIO would make of it. */
@NullMarked
package org.menagerie.vision.file;

import org.jspecify.annotations.NullMarked;
