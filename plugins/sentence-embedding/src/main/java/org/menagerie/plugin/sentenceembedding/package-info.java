/** Turns sentences into vectors: BERT-like encoders with pooling, such as MiniLM and bge. */
@NullMarked
package org.menagerie.plugin.sentenceembedding;

import org.jspecify.annotations.NullMarked;
