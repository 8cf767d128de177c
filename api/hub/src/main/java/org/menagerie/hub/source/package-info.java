/** Where files come from: one {@link org.menagerie.hub.source.Source} for each scheme of a reference. */
@NullMarked
package org.menagerie.hub.source;

import org.jspecify.annotations.NullMarked;
