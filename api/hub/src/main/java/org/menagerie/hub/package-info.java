/** Finds, fetches, checks and keeps models; {@link org.menagerie.hub.Zoo} is the door for host applications. */
@NullMarked
package org.menagerie.hub;

import org.jspecify.annotations.NullMarked;
