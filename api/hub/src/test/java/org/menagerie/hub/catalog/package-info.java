@NullMarked
package org.menagerie.hub.catalog;

import org.jspecify.annotations.NullMarked;
