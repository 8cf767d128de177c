/** Texts to token tensors, with the Hugging Face tokenizers. */
@NullMarked
package org.menagerie.text;

import org.jspecify.annotations.NullMarked;
