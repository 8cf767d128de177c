/** Recurrent language models and taggers. */
@NullMarked
package org.menagerie.plugin.recurrent;

import org.jspecify.annotations.NullMarked;
