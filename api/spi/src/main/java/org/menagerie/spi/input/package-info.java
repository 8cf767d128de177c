/** How files, streams and texts become inputs of models. Depends on no other package. */
@NullMarked
package org.menagerie.spi.input;

import org.jspecify.annotations.NullMarked;
