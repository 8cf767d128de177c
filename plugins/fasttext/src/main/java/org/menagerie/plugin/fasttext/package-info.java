/** fastText. */
@NullMarked
package org.menagerie.plugin.fasttext;

import org.jspecify.annotations.NullMarked;
