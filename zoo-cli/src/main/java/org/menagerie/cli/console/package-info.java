/** What the command prints, and where: results, messages, tables and progress, freed of control characters. */
@NullMarked
package org.menagerie.cli.console;

import org.jspecify.annotations.NullMarked;
