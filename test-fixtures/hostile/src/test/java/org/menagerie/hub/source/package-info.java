/** Reaches the hub's own readers for the tests of hostile input. */
@NullMarked
package org.menagerie.hub.source;

import org.jspecify.annotations.NullMarked;
