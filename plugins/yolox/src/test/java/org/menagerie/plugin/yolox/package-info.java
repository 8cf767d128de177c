/** Tests of the anchor-free decoder. */
@NullMarked
package org.menagerie.plugin.yolox;

import org.jspecify.annotations.NullMarked;
