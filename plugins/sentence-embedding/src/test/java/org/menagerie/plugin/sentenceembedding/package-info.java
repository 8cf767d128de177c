@NullMarked
package org.menagerie.plugin.sentenceembedding;

import org.jspecify.annotations.NullMarked;
