/** Reads model cards: YAML front matter with prose below, checked field by field, every error with its line. */
@NullMarked
package org.menagerie.hub.card;

import org.jspecify.annotations.NullMarked;
