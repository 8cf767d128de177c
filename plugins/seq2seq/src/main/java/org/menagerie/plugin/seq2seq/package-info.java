/** Sequence to sequence: text in, text of another alphabet out. */
@NullMarked
package org.menagerie.plugin.seq2seq;

import org.jspecify.annotations.NullMarked;
