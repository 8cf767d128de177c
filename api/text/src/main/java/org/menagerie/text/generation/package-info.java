/** Texts that networks write token by token: recurrent encoder and decoder, beam search, sampling. */
@NullMarked
package org.menagerie.text.generation;

import org.jspecify.annotations.NullMarked;
