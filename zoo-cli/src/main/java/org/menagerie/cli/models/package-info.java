/** The commands that list, show, fetch and remove models. */
@NullMarked
package org.menagerie.cli.models;

import org.jspecify.annotations.NullMarked;
