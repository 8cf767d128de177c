/** Damaged tokenizer files, tried in processes of their own. */
@NullMarked
package org.menagerie.conformance.tokenizer;

import org.jspecify.annotations.NullMarked;
