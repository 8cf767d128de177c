/** Reaches the command's own readers for the tests of hostile input. */
@NullMarked
package org.menagerie.cli;

import org.jspecify.annotations.NullMarked;
