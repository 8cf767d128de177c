@NullMarked
package org.menagerie.hub.cache;

import org.jspecify.annotations.NullMarked;
