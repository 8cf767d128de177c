/** Checks of {@code tokenizer.json}, whose native reader ends the whole process where it meets something unforeseen. */
@NullMarked
package org.menagerie.text.tokenizerfile;

import org.jspecify.annotations.NullMarked;
