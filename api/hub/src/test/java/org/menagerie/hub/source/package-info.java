@NullMarked
package org.menagerie.hub.source;

import org.jspecify.annotations.NullMarked;
