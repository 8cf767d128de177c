/** Transformers: encoder and decoder, encoder only, decoder only. */
@NullMarked
package org.menagerie.plugin.transformer;

import org.jspecify.annotations.NullMarked;
