/** Options that several commands share. */
@NullMarked
package org.menagerie.cli.option;

import org.jspecify.annotations.NullMarked;
