/** How answers are told: as lines of text, as JSON, drawn as pictures, as rows of a table. Depends on no other package. */
@NullMarked
package org.menagerie.spi.answer;

import org.jspecify.annotations.NullMarked;
