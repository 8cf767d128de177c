/** {@code zoo run}: models on inputs, and networks without a card on tensors. */
@NullMarked
package org.menagerie.cli.run;

import org.jspecify.annotations.NullMarked;
