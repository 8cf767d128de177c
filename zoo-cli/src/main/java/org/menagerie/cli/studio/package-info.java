/** The commands that train, measure, check and convert models. */
@NullMarked
package org.menagerie.cli.studio;

import org.jspecify.annotations.NullMarked;
