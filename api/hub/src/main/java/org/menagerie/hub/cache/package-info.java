/** Keeps fetched files by their content, checked, shared by any number of processes. */
@NullMarked
package org.menagerie.hub.cache;

import org.jspecify.annotations.NullMarked;
