/** {@code zoo explain}, and what else looks into a network. */
@NullMarked
package org.menagerie.cli.explain;

import org.jspecify.annotations.NullMarked;
