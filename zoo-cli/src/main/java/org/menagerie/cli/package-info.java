/** The {@code zoo} command: results on standard output, everything else on standard error. */
@NullMarked
package org.menagerie.cli;

import org.jspecify.annotations.NullMarked;
